a(); // another kind of comment
