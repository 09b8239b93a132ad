import { test } from 'vitest';
import { join } from 'node:path';
import { legalLife, loadLaw, loadLegalBasis } from '@quanlian/server';
import { officeHistories, usHistories } from './legal-histories.js';
test('x', async () => {
  const f = '/work/shared/data';
  const basis = await loadLegalBasis(await loadLaw());
  const ep = await officeHistories([join(f,'epo/marec-grobid-annotated'), join(f,'epo/marec'), join(f,'epo/ops-examples'), join(f,'epo/legal-events')]);
  for (const id of (process.env['IDS'] ?? '').split(' ')) {
    const h = ep.get(id) ?? (await usHistories(f)).get(id);
    if (!h) { console.log(id, 'none'); continue; }
    const a = legalLife(h, basis, '2026-11-22');
    console.log('##', id, h.map(x=>x.id+' '+x.date), 'known', a.timeline.knownUntil, 'term', a.term?.ends, a.term?.rule.id, 'in', a.inForceIn?.join(' '));
    for (const s of a.timeline.spans) console.log('  ', s.status, s.from, s.to, JSON.stringify(s.reasons.map(r=>[r.kind, r.event===undefined?'':a.timeline.events[r.event]?.code, r.law])));
    for (const s of a.timeline.states) console.log('     ', s.state, s.validated?'v':'-', s.unitary?'U':'', s.spans.map(x=>`${x.status} ${x.from}`).join(' | '));
    for (const w of a.timeline.fees) console.log('     fee', w.year, w.due, w.graceEnds, w.paid);
    console.log('   void', a.timeline.events.filter(e=>e.void).map(e=>e.code+' '+e.date).join(', '), 'unmapped', [...new Set(a.timeline.events.filter(e=>e.category===null).map(e=>e.code))].join(' '));
  }
}, 100000);
