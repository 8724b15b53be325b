/* A comment
 * of two lines. */

'use strict';

const slash = /["'`/*]+\/[/]/g; /* no string, no comment */
const half = 6 / 2 / 1;

function words(a, b) {
	const text = "it's /* kept */ // too";

	return /\s/.test(`${text}: { ${a}	/* kept */ }`) ? a + +b : typeof b;
}
