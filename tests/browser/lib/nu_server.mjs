// SPDX-License-Identifier: Apache-2.0
// Runs a Nu HTML checker for several tests until it is killed; prints its address.
import { NuChecker } from "./nu.mjs";

const checker = await NuChecker.start();
console.log(checker.address);
