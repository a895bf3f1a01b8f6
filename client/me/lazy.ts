/** Parts that are not needed for the first glance at a balance, fetched when they are. */
export const loadOpenPage = () => import('./pages/OpenPage.vue');
export const loadGoodsList = () => import('./parts/GoodsList.vue');
export const loadHouseholdSwitch = () => import('./parts/HouseholdSwitch.vue');
export const loadPassbookSearch = () => import('./parts/PassbookSearch.vue');
export const loadThisPhone = () => import('./parts/ThisPhone.vue');
