/** Staff who are kin, in a household's own file. */
export const KIN_PART = '申报为本户家人或亲属的工作人员';
