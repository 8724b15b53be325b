/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/bench.h"

#define FORMS "/quan-tri/bieu-mau"
#define SHOWN(at, handler)                                                                 \
	{                                                                                  \
		.method = "GET", .path = FORMS at, .run = (handler), .guard = PERMIT_BUILD \
	}
#define TAKEN(at, handler)                                                                   \
	{                                                                                    \
		.method = "POST", .path = FORMS at, .run = (handler), .guard = PERMIT_BUILD, \
		.rate = RATE_WRITE                                                           \
	}

const struct route builder_routes[] = {
	SHOWN("", show_copies),
	TAKEN("", take_copy),
	SHOWN("/:ma", show_copy),
	TAKEN("/:ma/hoan-tac", take_undo),
	SHOWN("/:ma/phien-ban", show_versions),
	SHOWN("/:ma/so-sanh", show_comparison),
	SHOWN("/:ma/xuat-ban", show_publish),
	TAKEN("/:ma/xuat-ban", take_publish),
	SHOWN("/:ma/thoi-ap-dung", show_retire),
	TAKEN("/:ma/thoi-ap-dung", take_retire),
	SHOWN("/:ma/trao-doi", show_exchange),
	SHOWN("/:ma/tai-ve", show_export),
	{ .method = "POST",
		.path = FORMS "/:ma/nhap",
		.run = take_import,
		.guard = PERMIT_BUILD,
		.rate = RATE_WRITE,
		.uploads = true },
	TAKEN("/:ma/sao-chep", take_clone),
	SHOWN("/:ma/ghep", show_merge),
	TAKEN("/:ma/ghep", take_merge),
	SHOWN("/:ma/xem-truoc", show_preview),
	SHOWN("/:ma/thu", show_trial),
	TAKEN("/:ma/thu", take_trial_again),
	SHOWN("/:ma/thu/xem-lai", show_trial_end),
	TAKEN("/:ma/thu/xem-lai", take_sample),
	SHOWN("/:ma/thu/:trang", show_trial_page),
	TAKEN("/:ma/thu/:trang", take_trial_page),
	SHOWN("/:ma/thu/:trang/:dong", show_trial_page),
	TAKEN("/:ma/thu/:trang/:dong", take_trial_page),
	SHOWN("/:ma/:loai/:muc", show_thing),
	TAKEN("/:ma/:loai/:muc", take_thing),
	SHOWN("/:ma/:loai/:muc/them", show_add),
	TAKEN("/:ma/:loai/:muc/them", take_add),
	SHOWN("/:ma/:loai/:muc/xoa", show_remove),
	TAKEN("/:ma/:loai/:muc/xoa", take_remove),
	SHOWN("/:ma/:loai/:muc/dieu-kien/:ten", show_condition),
	TAKEN("/:ma/:loai/:muc/dieu-kien/:ten", take_condition),
	{ 0 },
};
