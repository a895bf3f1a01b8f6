/**
 * Two people of the desk may take goods back for so many days. The volunteers' figures and most stocktakes go back as far;
 * what is older than a stocktake would come back into a count that has accounted for it.
 */
export const RETURN_WITHIN_DAYS = 30;
