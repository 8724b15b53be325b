/* SPDX-License-Identifier: Apache-2.0 */
/* choice_words.c - what the values that a member may have are called, where they are chosen and
 * where two versions are compared. */
#include "builder/things.h"

#include "view/tr.h"

static const struct choice_word words[] = {
	{ SUPPLY_PREFILLS, S("account"), TR("Cả người khai") },
	{ SUPPLY_PREFILLS, S("account.name"), TR("Họ và tên") },
	{ SUPPLY_PREFILLS, S("account.person_id"), TR("Số định danh cá nhân") },
	{ SUPPLY_PREFILLS, S("account.birth"), TR("Ngày sinh") },
	{ SUPPLY_PREFILLS, S("account.gender"), TR("Giới tính") },
	{ SUPPLY_PREFILLS, S("account.phone"), TR("Số điện thoại") },
	{ SUPPLY_PREFILLS, S("account.email"), TR("Thư điện tử") },
	{ SUPPLY_PREFILLS, S("account.commune"), TR("Xã, phường nơi ở") },
	{ SUPPLY_PREFILLS, S("account.address"), TR("Số nhà, đường nơi ở") },
	{ SUPPLY_WIDTHS, S("full"), TR("Cả dòng") },
	{ SUPPLY_WIDTHS, S("24"), TR("Vừa") },
	{ SUPPLY_WIDTHS, S("12"), TR("Hẹp") },
	{ SUPPLY_WIDTHS, S("4"), TR("4 ký tự") },
	{ SUPPLY_WIDTHS, S("2"), TR("2 ký tự") },
	{ SUPPLY_AS, S("integer"), TR("Số nguyên") },
	{ SUPPLY_AS, S("number"), TR("Số có phần lẻ") },
	{ SUPPLY_AS, S("money"), TR("Số tiền (đồng)") },
	{ SUPPLY_AS, S("text"), TR("Một dòng chữ") },
	{ SUPPLY_AS, S("date"), TR("Ngày, tháng, năm") },
	{ SUPPLY_CURRENCIES, S("VND"), TR("đồng") },
	{ SUPPLY_CURRENCIES, S("USD"), TR("đô la Mỹ") },
};

const struct choice_word *NULLABLE choice_word(size_t i)
{
	return i < COUNT(words) ? &words[i] : NULL;
}

static enum supply supply_of(str member)
{
	for (size_t i = 0; things[i]; i++)
		for (size_t k = 0; k < things[i]->n_slots; k++)
			if (str_eq(str_from(things[i]->slots[k].member), member))
				return things[i]->slots[k].supply;
	return SUPPLY_NONE;
}

str choice_label(str member, str value)
{
	enum supply supply = supply_of(member);

	for (size_t i = 0; i < COUNT(words); i++)
		if (words[i].supply == supply && str_eq(words[i].value, value))
			return words[i].label;
	return S("");
}
