import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from './bytes.js';
import {
  type AuditEntry,
  type AuditRow,
  CHAIN_START,
  chainEntry,
  chainLeaves,
  erasePersonal,
  erasureEntry,
  sealRows,
  verifyChain,
} from './chain.js';
import { sha256 } from './sha256.js';
import { inclusionProof, verifyInclusion } from './tree.js';

function createTools() {
  let count = 0;
  const newSalt = () => {
    count += 1;
    return toHex(sha256(utf8(`salt ${count}`)));
  };
  return { hash: sha256, newSalt };
}

const entry = (sequence: number): AuditEntry => ({
  sequence,
  chain: 'acme',
  at: `2026-03-${String(1 + (sequence % 28)).padStart(2, '0')}T08:00:00Z`,
  action: 'case.moved',
  facts: { case: `c${sequence}`, from: 'draft', to: 'submitted' },
  personal: { actor: `Person ${sequence % 3}`, phone: `1390000000${sequence % 10}` },
});

function build(entries: readonly AuditEntry[]): AuditRow[] {
  const tools = createTools();
  const rows: AuditRow[] = [];
  for (const next of entries) rows.push(chainEntry(rows.at(-1)?.hash ?? CHAIN_START, next, tools));
  return rows;
}
const log = (count: number) => build(Array.from({ length: count }, (_, index) => entry(index + 1)));
const verify = (rows: AuditRow[], roots = [sealRows(sha256, rows)]) => verifyChain(rows, roots, sha256);
const at = (rows: AuditRow[], index: number, change: (row: AuditRow) => AuditRow) =>
  rows.map((row, place) => (place === index ? change(row) : row));

describe('the audit chain', () => {
  it('holds for what was written, after storage as well', () => {
    const rows = log(12);
    expect(verify(rows)).toEqual({ ok: true, rows: 12, sealed: 12 });
    expect(verify(JSON.parse(JSON.stringify(rows)))).toEqual({ ok: true, rows: 12, sealed: 12 });
    expect(verify(rows, [])).toEqual({ ok: true, rows: 12, sealed: 0 });
    expect(verifyChain([], [], sha256)).toEqual({ ok: true, rows: 0, sealed: 0 });
  });

  it('gives equal people different commitments, so that they cannot be told apart once erased', () => {
    const rows = log(4);
    expect(rows[0]?.personal['actor']?.value).toBe(rows[3]?.personal['actor']?.value);
    expect(rows[0]?.commitments['actor']).not.toBe(rows[3]?.commitments['actor']);
  });

  it('finds the first row that was changed, left out, moved or added', () => {
    const many = fc.integer({ min: 2, max: 25 });
    const changes: ((row: AuditRow) => AuditRow)[] = [
      (row) => ({ ...row, facts: { ...row.facts, to: 'review' } }),
      (row) => ({ ...row, action: 'case.opened' }),
      (row) => ({ ...row, at: '2020-01-01T00:00:00Z' }),
      (row) => ({ ...row, commitments: { ...row.commitments, actor: row.commitments['phone'] ?? '' } }),
      (row) => ({ ...row, personal: { ...row.personal, actor: { value: 'Nobody', salt: '00' } } }),
      (row) => ({ ...row, personal: { ...row.personal, extra: { value: 'x', salt: '00' } } }),
      (row) => ({ ...row, hash: toHex(sha256(fromHex(row.hash))) }),
      (row) => ({ ...row, previousHash: toHex(sha256(fromHex(row.previousHash))) }),
      (row) => ({ ...row, chain: 'bolt' }),
    ];
    fc.assert(
      fc.property(many, fc.nat(), fc.constantFrom(...changes), (count, pick, change) => {
        const index = pick % count;
        const rows = log(count);
        const verdict = verify(at(rows, index, change), [sealRows(sha256, rows)]);
        // A chain is named by its first row: when that one changes, the second no longer belongs.
        const expected = index === 0 && change === changes.at(-1) ? [1, 2] : [index + 1];
        expect(!verdict.ok && expected.includes(verdict.sequence)).toBe(true);
      }),
      { numRuns: 150 },
    );
    const rows = log(6);
    expect(verify(rows.toSpliced(2, 1), [])).toMatchObject({ ok: false, code: 'chain.row_missing', sequence: 3 });
    expect(verify(rows.toSpliced(2, 0, rows[1] as AuditRow), [])).toMatchObject({ ok: false, sequence: 3 });
    expect(verify([...rows].reverse(), [])).toMatchObject({ ok: false, sequence: 1 });
  });

  it('finds a cut end and a rewritten history by the sealed roots', () => {
    const rows = log(10);
    const roots = [sealRows(sha256, rows.slice(0, 4)), sealRows(sha256, rows)];
    expect(verify(rows.slice(0, 7), roots)).toMatchObject({ ok: false, code: 'chain.cut', sequence: 8 });
    const forged = build(
      Array.from({ length: 10 }, (_, index) => ({
        ...entry(index + 1),
        ...(index === 6 ? { action: 'case.opened' } : {}),
      })),
    );
    expect(verify(forged, [])).toMatchObject({ ok: true });
    expect(verify(forged, roots)).toMatchObject({ ok: false, code: 'chain.root_differs', sequence: 5 });
    expect(verify(rows, [...roots].reverse())).toEqual({ ok: true, rows: 10, sealed: 10 });
  });

  it('survives the erasure of personal fields when the erasure is on record', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.nat(),
        fc.subarray(['actor', 'phone'], { minLength: 1 }),
        (count, pick, fields) => {
          const rows = log(count);
          const roots = [sealRows(sha256, rows)];
          const index = pick % count;
          const erased = at(rows, index, (row) => erasePersonal(row, fields));
          expect(JSON.stringify(erased[index]?.personal)).not.toContain(fields.includes('actor') ? 'Person' : '139');
          expect(verify(erased, roots)).toMatchObject({ code: 'chain.erased_without_record', sequence: index + 1 });
          const next = { sequence: count + 1, at: '2026-04-01T00:00:00Z', reason: 'asked for by the person' };
          const record = erasureEntry(rows[index] as AuditRow, fields, next);
          const whole = [...erased, chainEntry(rows.at(-1)?.hash ?? CHAIN_START, record, createTools())];
          expect(verify(whole, roots)).toEqual({ ok: true, rows: count + 1, sealed: count });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds a row that is sound in itself but does not follow the one before', () => {
    const rows = log(5);
    const stranger = chainEntry(rows[0]?.hash ?? '', entry(4), createTools());
    expect(verify(rows.with(3, stranger), [])).toMatchObject({ ok: false, code: 'chain.link_broken', sequence: 4 });
    expect(
      verify(log(3).map((row, index) => (index === 0 ? { ...row, previousHash: 'f'.repeat(64) } : row))),
    ).toMatchObject({ code: 'chain.link_broken', sequence: 1 });
  });

  it('does not take an erasure announced before the row was written', () => {
    const next = { sequence: 1, at: '2026-03-01T00:00:00Z', reason: 'in advance' };
    const rows = build([erasureEntry({ chain: 'acme', sequence: 2 }, ['actor', 'phone'], next), entry(2)]);
    const erased = at(rows, 1, (row) => erasePersonal(row, ['actor']));
    expect(verify(erased)).toMatchObject({ ok: false, code: 'chain.erased_without_record', sequence: 2 });
  });

  it('does not take an erasure recorded for another row or field', () => {
    const rows = log(3);
    const erased = at(rows, 1, (row) => erasePersonal(row, ['actor']));
    const next = { sequence: 4, at: '2026-04-01T00:00:00Z', reason: 'asked for by the person' };
    const recorded = (row: number, fields: string[]) =>
      verify(
        [
          ...erased,
          chainEntry(rows[2]?.hash ?? '', erasureEntry({ chain: 'acme', sequence: row }, fields, next), createTools()),
        ],
        [],
      ).ok;
    expect([recorded(2, ['actor']), recorded(1, ['actor']), recorded(2, ['phone'])]).toEqual([true, false, false]);
  });

  it('proves a single row against the sealed root', () => {
    const rows = log(9);
    const sealed = sealRows(sha256, rows);
    const tree = chainLeaves(sha256, rows);
    const proof = inclusionProof(sha256, tree, 5);
    const claim = { leaf: tree[5] as Uint8Array, index: 5, size: sealed.size, root: fromHex(sealed.root) };
    expect(verifyInclusion(sha256, claim, proof)).toBe(true);
    expect(verifyInclusion(sha256, { ...claim, leaf: tree[4] as Uint8Array }, proof)).toBe(false);
  });
});
