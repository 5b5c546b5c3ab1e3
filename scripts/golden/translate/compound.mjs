// Compound losses: the figures' names to ours.

export const compound = {};
