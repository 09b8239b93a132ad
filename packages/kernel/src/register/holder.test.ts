import type { PatentDocument } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import { compensationDays } from '../legal-status/compensation.js';
import { terminalDisclaimer } from '../legal-status/disclaimer.js';
import { conveyanceEvents, conveyanceKind } from './conveyances.js';
import { holderSpans } from './holder.js';

const document = (over: Partial<PatentDocument>): PatentDocument => ({
  id: 'US7000001B2',
  office: 'US',
  number: '7000001',
  kind: 'B2',
  sources: [],
  ...over,
});
const assigned = (recorded: string, conveyance: string, to: string, reelFrame = recorded): Record<string, unknown> => ({
  reelFrame,
  conveyance,
  recorded,
  from: [{ name: 'Before Ltd' }],
  to: [to],
});
const spans = (...documents: PatentDocument[]): string[] =>
  holderSpans(documents).map(({ names, from = '', by }) => `${from} ${names.join('+')} ${by}`);

describe('who owned a right', () => {
  it('begins with the inventors’ employer, follows conveyances in the order of time, and passes over securities', () => {
    const assignments = [
      assigned('2012-05-05', 'MERGER (SEE DOCUMENT FOR DETAILS).', 'Third Corp'),
      assigned('2010-01-01', 'ASSIGNMENT OF ASSIGNORS INTEREST', 'Second Inc'),
      assigned('2011-01-01', 'SECURITY AGREEMENT', 'A Bank'),
      assigned('2011-06-01', 'RELEASE BY SECURED PARTY', 'Second Inc'),
      assigned('2011-07-01', 'EXCLUSIVE LICENSE', 'A Licensee'),
      assigned('2013-01-01', 'CHANGE OF NAME', 'Third Holdings Corp'),
    ];
    const granted = document({ date: '2009-03-03', assignees: [{ name: 'First LLC' }], extra: { assignments } });
    expect(spans(granted)).toEqual([
      ' First LLC assignees',
      '2010-01-01 Second Inc assignment',
      '2012-05-05 Third Corp assignment',
      '2013-01-01 Third Holdings Corp assignment',
    ]);
  });

  it('does not take a right back by what a later publication prints', () => {
    const early = document({
      id: 'US2005000001A1',
      kind: 'A1',
      date: '2005-01-06',
      applicants: [{ name: 'First LLC' }],
    });
    const late = document({ date: '2009-03-03', assignees: [{ name: 'First LLC' }] });
    const moved = { ...early, extra: { assignments: [assigned('2007-01-01', 'ASSIGNMENT', 'Second Inc')] } };
    expect(spans(moved, late)).toEqual([' First LLC applicants', '2007-01-01 Second Inc assignment']);
    const other = { ...late, assignees: [{ name: 'Other GmbH' }] };
    expect(spans(early, other)).toEqual([' First LLC applicants', '2009-03-03 Other GmbH assignees']);
  });

  it('leaves open who owned it before a change that is older than every publication', () => {
    const extra = {
      assignments: [assigned('2003-01-29', 'ASSIGNMENT', 'First Inc'), assigned('2014-09-16', 'ASSIGNMENT', 'Now Inc')],
    };
    const granted = document({ date: '2006-06-27', applicants: [{ name: 'Now Inc' }], extra });
    expect(spans(granted)).toEqual(['2003-01-29 First Inc assignment', '2014-09-16 Now Inc assignment']);
  });

  it('reads the new owner from a Chinese gazette, on the day of its effect', () => {
    const right = document({
      office: 'CN',
      date: '2013-05-08',
      applicants: [{ name: '甲公司' }],
      events: [
        {
          office: 'CN',
          code: 'TR01',
          date: '2015-02-04',
          effective: '2015-01-16',
          text: '专利权的转移 变更前：甲公司 变更后权利人：乙公司',
        },
        { office: 'CN', code: 'TR01', date: '2018-02-04', text: '专利权的转移' },
      ],
    });
    expect(spans(right)).toEqual([' 甲公司 applicants', '2015-01-16 乙公司 transfer']);
  });

  it('counts a conveyance without a day of recording from the day it was signed', () => {
    const extra = {
      assignments: [{ reelFrame: '1/2', conveyance: 'ASSIGNMENT', executed: '2010-05-02', to: ['New'] }],
    };
    expect(spans(document({ date: '2009-03-03', applicants: [{ name: 'Old' }], extra }))).toEqual([
      ' Old applicants',
      '2010-05-02 New assignment',
    ]);
  });
});

describe('recorded conveyances', () => {
  it.each([
    ["ASSIGNMENT OF ASSIGNOR'S INTEREST", 'transfer'],
    ['NUNC PRO TUNC ASSIGNMENT (SEE DOCUMENT FOR DETAILS).', 'transfer'],
    ['ASSIGNMENT BY BRIGHT SUN, SERIES 42 OF ALLIED SECURITY TRUST I', 'transfer'],
    ['MERGER AND CHANGE OF NAME (SEE DOCUMENT FOR DETAILS).', 'merger'],
    ['ENTITY CONVERSION', 'name'],
    ['FIRST LIEN INTELLECTUAL PROPERTY SECURITY AGREEMENT', 'security'],
    ['TERMINATION AND RELEASE OF SECURITY INTEREST IN PATENT RIGHTS', 'release'],
    ["CORRECTIVE ASSIGNMENT TO CORRECT THE ASSIGNEE'S ADDRESS", 'correction'],
  ])('%s: %s', (words, kind) => expect(conveyanceKind(words)).toBe(kind));

  it('become events, unless an event names their reel and frame already', () => {
    const extra = { assignments: [assigned('2010-01-01', 'ASSIGNMENT', 'Second Inc', '4669/905')] };
    expect(conveyanceEvents(document({ extra }))).toEqual([
      { office: 'US', code: 'AS', date: '2010-01-01', text: 'ASSIGNMENT Before Ltd → Second Inc (4669/905)' },
    ]);
    const events = [{ office: 'US', code: 'AS  ', text: 'ASSIGNMENT;REEL/FRAME:004669/0905' }];
    expect(conveyanceEvents(document({ extra, events }))).toEqual([]);
  });
});

describe('terminal disclaimers', () => {
  const event = (code: string, date: string) => ({ office: 'US', code, date });
  const of = (...codes: (readonly [string, string])[]) =>
    terminalDisclaimer([document({ events: codes.map(([code, date]) => event(code, date)) })]);

  it('are filed, accepted or not, by the file history', () => {
    expect(of()).toBeUndefined();
    expect(of(['DIST', '2008-01-01'])).toEqual({ state: 'filed', ends: null });
    expect(of(['DIST', '2008-01-01'], ['MN575', '2008-02-01'])).toBeUndefined();
    expect(of(['DIST', '2008-01-01'], ['N575', '2008-02-01'], ['DIST', '2008-03-01'])?.state).toBe('filed');
    expect(of(['DIST', '2008-01-01'], ['P574', '2008-02-01'])).toEqual({ state: 'accepted', ends: null });
  });

  it('cut the term on the day that is printed, the earliest of several', () => {
    const printed = (terminalDisclaimer: string) => document({ extra: { terminalDisclaimer } });
    expect(terminalDisclaimer([printed('This patent is subject to a terminal disclaimer.')])).toEqual({
      state: 'accepted',
      ends: null,
    });
    const dated = 'The portion of the term of this patent subsequent to Sep. 29, 2015 has been disclaimed.';
    expect(terminalDisclaimer([printed(dated)])?.ends).toBe('2015-09-29');
    expect(terminalDisclaimer([printed('2016-01-01'), printed(dated)])?.ends).toBe('2015-09-29');
  });
});

describe('compensation of a Chinese term', () => {
  const told = (text?: string) => ({ office: 'CN', code: 'TG01', ...(text === undefined ? {} : { text }) });
  it('is the sum of what events name, and not known when one names nothing', () => {
    expect(compensationDays([])).toBeUndefined();
    expect(compensationDays([told('专利权期限补偿天数 120 日')])).toBe(120);
    expect(compensationDays([told('补偿期限：118天'), told('补偿期限:2天')])).toBe(120);
    expect(compensationDays([told('补偿期限：118天'), told()])).toBeNull();
    expect(compensationDays([{ office: 'CN', code: 'GR01', text: '补偿期限：118天' }])).toBeUndefined();
  });
});
