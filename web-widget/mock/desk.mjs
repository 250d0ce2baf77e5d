/** Replaced below with the scripted desk. */
export const desk = () => async (_request, answer) => answer.writeHead(404).end();
