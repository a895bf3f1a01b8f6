/** The two pages: a phone opens one of them, and need not wait for the other. */
export const loadHomePage = () => import('./pages/HomePage.vue');
export const loadOpenPage = () => import('./pages/OpenPage.vue');
