/** The data folder can't be opened as it is; the message is one line that names it. */
export class DataFolderError extends Error {}
