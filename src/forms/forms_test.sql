-- Statements that tests of forms need beside those of the product.

-- name: forms_test_unit
INSERT INTO unit (code, parent, kind, type, name, full_name, name_en, agency, valid_from, valid_to)
VALUES (:code, :parent, :kind, '', :name, :name, '', '', :valid_from, :valid_to);

-- name: forms_test_change
INSERT INTO unit_change (old_code, new_code, kind, on_day)
VALUES (:before, :after, 'full', :on_day);
