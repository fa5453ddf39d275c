/** Where this server's pages and API are, without the final slash: beside the page, which may be served below a path. */
export const SERVER = new URL('.', location.href).href.replace(/\/$/, '');

export const SIGN_IN_PAGE = `${SERVER}/`;
export const ADMINISTRATION_PAGE = `${SERVER}/admin`;
export const ACCOUNT_PAGE = `${SERVER}/account`;
