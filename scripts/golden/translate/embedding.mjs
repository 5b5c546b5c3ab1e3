// Embedding losses: the figures' names to ours.

export const embedding = {};
