'use strict';
const slash=/["'`/*]+\/[/]/g;
const half=6 / 2 / 1;
function words(a,b){
const text="it's /* kept */ // too";
return /\s/.test(`${text}: { ${a}	/* kept */ }`)?a + +b:typeof b;
}
words(1,half< !slash);
