"""Over time and in talk: targets, repetition, trend, measures, what is worth asking, the agenda of a meeting."""
