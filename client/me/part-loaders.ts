/** Parts that only a tap asks for, fetched with it. */
export const loadPassbookList = () => import('./parts/PassbookList.vue');
export const loadBookNotice = () => import('./parts/BookNotice.vue');
export const loadGoodsList = () => import('./parts/GoodsList.vue');
export const loadRuleList = () => import('./parts/RuleList.vue');
export const loadChangesList = () => import('./parts/ChangesList.vue');
export const loadComingDeeds = () => import('./parts/ComingDeeds.vue');
export const loadForgetfulNotice = () => import('./parts/ForgetfulNotice.vue');
export const loadOwnObjections = () => import('./parts/OwnObjections.vue');
export const loadOwnReports = () => import('./parts/OwnReports.vue');
export const loadOwnWorkdays = () => import('./parts/OwnWorkdays.vue');
export const loadOwnReminders = () => import('./parts/OwnReminders.vue');
export const loadHouseholdSwitch = () => import('./parts/HouseholdSwitch.vue');
