-- name: content_version_now
SELECT version FROM content_version WHERE id = 1;

-- name: content_version_bump
UPDATE content_version SET version = version + 1 WHERE id = 1;

-- name: procedure_newest
SELECT id, version, valid_from, valid_to, service_level, fee_least, online, sha256
  FROM procedure_version
 WHERE code = :code ORDER BY version DESC LIMIT 1;

-- name: procedure_version_insert
INSERT INTO procedure_version (code, version, valid_from, name, name_en, sector, promulgator,
       executing, levels, service_level, fee_least, limit_code, online, definition, sha256,
       created_at)
VALUES (:code, :version, :valid_from, :name, :name_en, :sector, :promulgator,
       :executing, :levels, :service_level, :fee_least, :limit_code, :online, :definition, :sha256,
       :now);

-- name: procedure_version_weigh
-- The same text, weighed by rules that have changed since.
UPDATE procedure_version SET service_level = :service_level, fee_least = :fee_least WHERE id = :id;

-- name: procedure_begun
-- The last first day of what is or was in force by a day; NULL when nothing was.
SELECT MAX(valid_from) AS first FROM procedure_version
 WHERE code = :code AND valid_from <= :on_day AND (valid_to IS NULL OR valid_to >= valid_from);

-- name: procedure_text_times
-- How often this very text was published.
SELECT COUNT(*) AS times FROM procedure_version WHERE code = :code AND sha256 = :sha256;

-- name: procedure_version_close
-- What came before ends; a version that is replaced before its first day was never in force.
UPDATE procedure_version SET valid_to = :valid_to
 WHERE code = :code AND (valid_to IS NULL OR valid_to > :valid_to);

-- name: procedure_version_on
SELECT id, version, valid_from, valid_to, sha256 FROM procedure_version
 WHERE code = :code AND valid_from <= :on_day AND (valid_to IS NULL OR valid_to >= :on_day)
 ORDER BY version DESC LIMIT 1;

-- name: procedure_version_by_id
SELECT id, version, valid_from, valid_to, sha256 FROM procedure_version WHERE id = :id;

-- name: procedure_version_list
-- Newest first, without the texts.
SELECT id, version, valid_from, valid_to, online, created_at, name FROM procedure_version
 WHERE code = :code ORDER BY version DESC;

-- name: procedure_online_list
SELECT code, name FROM procedure_version
 WHERE online AND valid_from <= :on_day AND (valid_to IS NULL OR valid_to >= :on_day)
 ORDER BY code LIMIT :limit;

-- name: procedure_definition
SELECT definition FROM procedure_version WHERE id = :id;

-- name: procedure_all_on
-- In the order of versions, so that the last row of a code counts.
SELECT id, code, name, name_en, sector, promulgator, executing, levels, service_level, fee_least,
       limit_code, online
  FROM procedure_version
 WHERE valid_from <= :on_day AND (valid_to IS NULL OR valid_to >= :on_day)
 ORDER BY code, version;

-- name: sector_add
INSERT INTO sector (code, name, name_en) VALUES (:code, :name, '') ON CONFLICT (code) DO NOTHING;

-- name: sector_put
-- A list without English names leaves ours.
INSERT INTO sector (code, name, name_en) VALUES (:code, :name, :name_en)
    ON CONFLICT (code) DO UPDATE
   SET name = excluded.name,
       name_en = CASE WHEN excluded.name_en = '' THEN sector.name_en ELSE excluded.name_en END
 WHERE sector.name <> excluded.name
    OR (excluded.name_en <> '' AND sector.name_en <> excluded.name_en);

-- name: sector_list
SELECT code, name, name_en FROM sector ORDER BY code;

-- name: agency_put
INSERT INTO agency (code, old_code, name, name_en, slug, parent, commune, address, phone, level,
       receives, valid_from, valid_to)
VALUES (:code, :old_code, :name, :name_en, :slug, :parent, :commune, :address, :phone, :level,
       :receives, :valid_from, :valid_to)
    ON CONFLICT (code) DO UPDATE
   SET old_code = excluded.old_code, name = excluded.name, name_en = excluded.name_en,
       slug = excluded.slug, parent = excluded.parent, commune = excluded.commune,
       address = excluded.address, phone = excluded.phone, level = excluded.level,
       receives = excluded.receives, valid_from = excluded.valid_from, valid_to = excluded.valid_to
 WHERE (agency.old_code, agency.name, agency.name_en, agency.parent, agency.commune,
        agency.address, agency.phone, agency.level, agency.receives, agency.valid_from,
        COALESCE(agency.valid_to, 999999))
    <> (excluded.old_code, excluded.name, excluded.name_en, excluded.parent, excluded.commune,
        excluded.address, excluded.phone, excluded.level, excluded.receives, excluded.valid_from,
        COALESCE(excluded.valid_to, 999999));

-- name: agency_name_put
-- From a list that knows only codes and names: what else we know of an agency stays.
INSERT INTO agency (code, old_code, name, name_en, slug, parent, commune, address, phone, level,
       receives, valid_from)
VALUES (:code, :old_code, :name, '', :slug, :parent, '', '', '', :level, FALSE, :valid_from)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, slug = excluded.slug
 WHERE agency.name <> excluded.name;

-- name: agency_successor_put
INSERT INTO agency_successor (code, successor) VALUES (:code, :successor)
    ON CONFLICT (code, successor) DO NOTHING;

-- name: agency_successors
SELECT a.code, a.old_code, a.name, a.name_en, a.slug, a.parent, a.commune, a.address, a.phone,
       a.level, a.receives, a.valid_from, a.valid_to
  FROM agency_successor s JOIN agency a ON a.code = s.successor
 WHERE s.code = :code ORDER BY a.name;

-- name: agency_by_code
-- An agency whose own code it is wins over one that once had it.
SELECT code, old_code, name, name_en, slug, parent, commune, address, phone, level, receives,
       valid_from, valid_to
  FROM agency WHERE code = :code OR code = :new_code OR old_code = :code
 ORDER BY CASE WHEN code = :code THEN 0 WHEN code = :new_code THEN 1 ELSE 2 END LIMIT 1;

-- name: agency_by_slug
SELECT code, old_code, name, name_en, slug, parent, commune, address, phone, level, receives,
       valid_from, valid_to
  FROM agency WHERE slug = :slug ORDER BY code LIMIT 1;

-- name: agency_all
SELECT code, old_code, name, name_en, slug, parent, commune, address, phone, level, receives,
       valid_from, valid_to
  FROM agency ORDER BY code;

-- name: agency_receiving_list
SELECT code, old_code, name, name_en, slug, parent, commune, address, phone, level, receives,
       valid_from, valid_to
  FROM agency WHERE receives = TRUE AND valid_to IS NULL ORDER BY code;

-- name: unit_put
INSERT INTO unit (code, valid_from, valid_to, kind, parent, type, name, full_name, name_en, agency)
VALUES (:code, :valid_from, :valid_to, :kind, :parent, :type, :name, :full_name, :name_en, :agency)
    ON CONFLICT (code, valid_from) DO UPDATE
   SET valid_to = excluded.valid_to, kind = excluded.kind, parent = excluded.parent,
       type = excluded.type, name = excluded.name, full_name = excluded.full_name,
       name_en = excluded.name_en, agency = excluded.agency
 WHERE (COALESCE(unit.valid_to, 999999), unit.kind, unit.parent, unit.type, unit.name,
        unit.full_name, unit.name_en, unit.agency)
    <> (COALESCE(excluded.valid_to, 999999), excluded.kind, excluded.parent, excluded.type,
        excluded.name, excluded.full_name, excluded.name_en, excluded.agency);

-- name: unit_change_put
INSERT INTO unit_change (old_code, new_code, kind, on_day)
VALUES (:old_code, :new_code, :kind, :on_day)
    ON CONFLICT (old_code, new_code, on_day) DO UPDATE SET kind = excluded.kind
 WHERE unit_change.kind <> excluded.kind;

-- name: unit_list
SELECT code, parent, kind, type, name, full_name, name_en, valid_from, valid_to
  FROM unit WHERE kind = :kind AND parent = :parent AND valid_to IS NULL ORDER BY code;

-- name: unit_list_ever
-- The communes of a province, and those of before that became one of them, with the district that
-- they belonged to and that is no more.
SELECT u.code, u.parent, u.kind, u.type, u.name, u.full_name, u.name_en, u.valid_from, u.valid_to,
       COALESCE(d.full_name, '') AS within
  FROM unit u
  LEFT JOIN unit d ON d.code = u.parent AND d.kind = 'district' AND d.valid_from <= u.valid_to
                  AND d.valid_to >= u.valid_to
 WHERE u.kind = 'commune' AND u.parent = :parent
    OR u.kind = 'commune' AND u.valid_to IS NOT NULL AND u.code IN
       (SELECT c.old_code FROM unit n JOIN unit_change c ON c.new_code = n.code
         WHERE n.kind = 'commune' AND n.parent = :parent AND n.valid_to IS NULL);

-- name: unit_list_became
-- Of the units of before that became communes of a province: what they became, in a row each.
SELECT c.old_code, c.on_day, n.full_name
  FROM unit n JOIN unit_change c ON c.new_code = n.code
 WHERE n.kind = 'commune' AND n.parent = :parent AND n.valid_to IS NULL
 ORDER BY c.old_code, c.on_day, n.code;

-- name: unit_became
-- What goes on as what it was; a part of it may be elsewhere. A code that was given again has
-- changes of its own, on another day.
SELECT u.code, u.parent, u.kind, u.type, u.name, u.full_name, u.name_en, u.valid_from, u.valid_to
  FROM unit_change c JOIN unit u ON u.code = c.new_code AND u.valid_to IS NULL
 WHERE c.old_code = :code AND c.on_day = :on_day ORDER BY u.code LIMIT 8;

-- name: unit_by_code
SELECT code, parent, kind, type, name, full_name, name_en, valid_from, valid_to
  FROM unit WHERE code = :code ORDER BY valid_from DESC LIMIT 1;

-- name: unit_until
-- The bearer of a code until a day; of several the last.
SELECT code, parent, kind, type, name, full_name, name_en, valid_from, valid_to
  FROM unit WHERE code = :code AND valid_to = :last ORDER BY valid_from DESC LIMIT 1;

-- name: unit_on_day
SELECT code, parent, kind, type, name, full_name, name_en, valid_from, valid_to
  FROM unit WHERE code = :code AND valid_from <= :on_day
   AND (valid_to IS NULL OR valid_to >= :on_day) ORDER BY valid_from DESC LIMIT 1;

-- name: unit_current_codes
SELECT code FROM unit WHERE valid_to IS NULL ORDER BY code;

-- name: code_list_put
INSERT INTO code_list (list, code, ord, name, name_en) VALUES (:list, :code, :ord, :name, :name_en)
    ON CONFLICT (list, code) DO UPDATE
   SET ord = excluded.ord, name = excluded.name, name_en = excluded.name_en
 WHERE (code_list.ord, code_list.name, code_list.name_en)
    <> (excluded.ord, excluded.name, excluded.name_en);

-- name: code_list_items
SELECT code, name, name_en FROM code_list WHERE list = :list ORDER BY ord, code;

-- name: code_list_offered
-- Lists that forms can offer: not those of the official data, nor the words of the search.
SELECT list, COUNT(*) AS items FROM code_list
 WHERE list NOT IN ('doi-tuong', 'ket-qua', 'van-ban', 'tu-dong-nghia')
 GROUP BY list ORDER BY list LIMIT :most;

-- name: code_list_item
SELECT code, name, name_en FROM code_list WHERE list = :list AND code = :code;
