/** The API's paths begin with it. */
export const API_BASE = '/api/v1';

/** Method and path of an endpoint. */
export type Place = `${'GET' | 'POST' | 'PATCH'} /${string}`;
