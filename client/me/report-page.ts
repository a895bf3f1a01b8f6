import { ref } from 'vue';

/** True while the page is open on which a household reports a deed, and sees what became of its reports. */
export const reporting = ref(false);
