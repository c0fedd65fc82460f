/** Reported to the center with the machine; the version of the whole project. */
export const clientVersion = '0.1.0';
