/** Parts that only a tap asks for, fetched with it; of several households on one phone, with the page. */
export const loadGoodsList = () => import('./parts/GoodsList.vue');
export const loadHouseholdSwitch = () => import('./parts/HouseholdSwitch.vue');
export const loadPassbookSearch = () => import('./parts/PassbookSearch.vue');
export const loadThisPhone = () => import('./parts/ThisPhone.vue');
