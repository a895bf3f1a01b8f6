import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  {
    name: 'objected-on-paper',
    id: 'objections.receive',
    as: 'admin',
    body: { kind: 'complaint', name: '', words: '评分的时候没有叫上我们组的人' },
  },
  { name: 'objections', id: 'objections.list', as: 'approver', query: { filter: 'open', limit: 10 } },
  {
    name: 'objection-answered',
    id: 'objections.answer',
    as: 'approver',
    params: { id: '$objected-on-paper.id' },
    body: { outcome: 'rejected', reason: '三月的评分有各组的人在场，签到表在村委' },
  },
  {
    name: 'objection-appealed',
    id: 'objections.appeal',
    as: 'admin',
    params: { id: '$objected-on-paper.id' },
    body: { reason: '他说签到表上的人不是他们组的' },
  },
  {
    name: 'objection-judged',
    id: 'objections.judge',
    as: 'supervisor',
    params: { id: '$objected-on-paper.id' },
    body: { verdict: 'stand', reason: '看过签到表，有他们组的两位' },
  },
  {
    name: 'objection-referred',
    id: 'objections.refer',
    as: 'supervisor',
    params: { id: '$objected-on-paper.id' },
    body: { namesObjector: false },
  },
  {
    name: 'objection-township',
    id: 'objections.township',
    as: 'supervisor',
    params: { id: '$objected-on-paper.id' },
    body: { answer: 'confirm', reason: '镇里看过记录，维持' },
  },
  { name: 'objection', id: 'objections.get', as: 'supervisor', params: { id: '$objected-on-paper.id' } },
  {
    name: 'objection-again',
    id: 'objections.receive',
    as: 'admin',
    body: { kind: 'suggestion', name: '李大爷', words: '公示能不能用大字' },
  },
  {
    name: 'objection-withdrawn',
    id: 'objections.withdraw',
    as: 'approver',
    params: { id: '$objection-again.id' },
    body: { reason: '他说已经换成大字了，不提了' },
  },
];
