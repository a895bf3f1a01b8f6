/** The fact that names the donor of goods, and says whether the donor agreed to be thanked in public: a JSON list of both. */
export const DONOR_FACT = 'donor';
