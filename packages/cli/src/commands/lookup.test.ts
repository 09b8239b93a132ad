import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ClassAnswerSchema, NumberAnswerSchema, ParsedQuerySchema } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import { jsonLines, quanlian } from '../cli.fixture.js';

describe('quanlian number', () => {
  it('gives one JSON line for each argument, in order', async () => {
    const { code, out, err } = await quanlian(['number', 'EP1000000B1', 'no number at all']);
    expect([code, err]).toEqual([0, '']);
    const answers = jsonLines(out).map((value) => NumberAnswerSchema.parse(value));
    expect(answers.map(({ input, valid }) => [input, valid])).toEqual([
      ['EP1000000B1', true],
      ['no number at all', false],
    ]);
  });

  it('reads lines of standard input, JSON objects among them, one answer a line even for an empty one', async () => {
    const lines = ['EP1000000B1', '{"office":"EP","number":"1000000","kind":"B1"}', '', '{broken'];
    const { code, out } = await quanlian(['number', '--json'], `${lines.join('\n')}\n`);
    const answers = jsonLines(out).map((value) => NumberAnswerSchema.parse(value));
    expect([code, answers.length]).toEqual([0, 4]);
    expect(answers[1]?.forms).toEqual(expect.objectContaining({ docdb: 'EP1000000B1' }));
    expect(answers[1]?.input).toEqual({ office: 'EP', number: '1000000', kind: 'B1' });
    expect(answers[3]?.valid).toBe(false);
  });

  it('starts quickly', async () => {
    const took = async (start: () => Promise<unknown>) => {
      const before = performance.now();
      await start();
      return performance.now() - before;
    };
    const bare: number[] = [];
    const own: number[] = [];
    for (let i = 0; i < 3; i++) {
      bare.push(await took(() => promisify(execFile)(process.execPath, ['-e', '0'])));
      own.push(await took(() => quanlian(['number', 'EP1000000B1'])));
    }
    // About eight times what Node.js takes to start with nothing to do: what else runs slows down both.
    expect(Math.min(...own) / Math.min(...bare)).toBeLessThan(20);
  });
});

describe('quanlian class', () => {
  it('reads symbols and the parts of an XML element', async () => {
    const parts = '{"section":"H","class":"01","subclass":"M","main-group":"10","subgroup":"0525"}';
    const { code, out } = await quanlian(['class'], `H01M 10/0525\n${parts}\nnothing\n`);
    const answers = jsonLines(out).map((value) => ClassAnswerSchema.parse(value));
    expect(code).toBe(0);
    expect(answers.map((answer) => answer.valid)).toEqual([true, true, false]);
    expect(answers[0]?.mainGroup).toBe(answers[1]?.mainGroup);
  });
});

describe('quanlian query', () => {
  it('gives the tree, or what is wrong and where', async () => {
    const { code, out } = await quanlian(['query', '--syntax', 'simple', 'battery -solar', 'date:never']);
    const [good, bad] = jsonLines(out).map((value) => ParsedQuerySchema.parse(value));
    expect(code).toBe(0);
    expect(good).toMatchObject({ valid: true, ast: { op: 'and' }, errors: [] });
    expect(bad).toMatchObject({ valid: false, ast: null, errors: [{ from: 5, to: 10 }] });
  });
});
