// SPDX-License-Identifier: Apache-2.0
// What most scenarios play on: the program with its demonstration, a browser, the Nu checker.
import { NuChecker } from "./nu.mjs";
import { Program } from "./program.mjs";
import { launch, Visitor } from "./visitor.mjs";

export class Stage {
	async open() {
		this.program = await Program.demonstration();
		[this.browser, this.nu] = await Promise.all([
			launch(),
			NuChecker.start(),
			this.program.serve(),
		]);
	}

	get origin() {
		return this.program.origin;
	}

	async visitor(options = {}) {
		return Visitor.arrive(this.browser, this.origin, { nu: this.nu, ...options });
	}

	async close() {
		await this.browser?.close();
		this.nu?.stop();
		const complaints = (await this.program?.remove()) ?? [];
		for (const complaint of complaints) console.log(`Bail out! ${complaint}`);
	}
}
