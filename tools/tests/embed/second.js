/* The second file begins on a line of its own. */
words(1, half < !slash);
