/** Proposals in a household's own file. */
export const PROPOSAL_PARTS = {
  own: '申报',
  ofOthers: '别户申报里登记的本户资料',
  photos: '照片',
} as const;

export const PROPOSAL_TITLES = {
  id: '编号',
  kind: '种类',
  state: '状态',
  effectiveOn: '日期',
  rule: '细则',
  points: '积分',
  option: '哪一档',
  note: '说明',
  member: '家里哪一位',
  event: '哪一件事',
  proposed: '提出',
  proposedAt: '提出时间',
  decided: '决定',
  reason: '理由',
  journalNumber: '凭证号',
  photos: '照片',
  steps: '经过',
  entered: '登记的资料',
} as const;

export const STEP_TITLES = {
  to: '到',
  by: '人',
  at: '时间',
  reason: '理由',
} as const;

export const PHOTO_TITLES = {
  id: '编号',
  added: '交来时间',
  width: '宽',
  height: '高',
  note: '说明',
  member: '家里哪一位',
  event: '哪一件事',
  photo: '照片',
} as const;
