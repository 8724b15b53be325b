// SPDX-License-Identifier: Apache-2.0
// What most scenarios play on: the program with its demonstration, a browser, the Nu checker.
import { NuChecker } from "./nu.mjs";
import { Papers } from "./papers.mjs";
import { Program } from "./program.mjs";
import { launch, Visitor } from "./visitor.mjs";

export class Stage {
	// patient: the program's limits on haste stay as they are in service.
	async open({ patient = false } = {}) {
		this.program = await Program.demonstration();
		if (!patient) await this.program.withoutRateLimits();
		const started = await Promise.allSettled([
			launch().then((browser) => (this.browser = browser)),
			NuChecker.start().then((nu) => (this.nu = nu)),
			this.program.serve(),
		]);
		// What did start is closed with the stage.
		for (const { reason } of started) if (reason) throw reason;
		this.papers = await Papers.draw(this.browser);
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
