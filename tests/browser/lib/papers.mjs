// SPDX-License-Identifier: Apache-2.0
// Small real papers to upload: a sheet drawn in the browser, as a PDF, a photograph and a picture.

const SHEET = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Giấy tờ</title>
<h1>GIẤY TỜ KÈM THEO</h1><p>Bản dùng để thử.</p></html>`;

export class Papers {
	static async draw(browser) {
		const papers = new Papers();
		const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
		await page.setContent(SHEET);
		papers.kinds = [
			["pdf", "application/pdf", await page.pdf({ width: "320px", height: "200px" })],
			["jpg", "image/jpeg", await page.screenshot({ type: "jpeg", quality: 60 })],
			["png", "image/png", await page.screenshot({ type: "png" })],
		];
		papers.turn = 0;
		await page.close();
		return papers;
	}

	// { name, mimeType, buffer } as file choosers take it; each call gives the next kind.
	next(name) {
		const [ending, mimeType, buffer] = this.kinds[this.turn++ % this.kinds.length];
		return { name: `${name}.${ending}`, mimeType, buffer };
	}

	pdf(name) {
		const [, mimeType, buffer] = this.kinds[0];
		return { name: `${name}.pdf`, mimeType, buffer };
	}
}
