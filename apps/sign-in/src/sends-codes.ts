/** Whether the server can send codes to addresses: it says in the page when it can't. */
export const sendsCodes = document.documentElement.dataset['sendsCodes'] !== 'no';
