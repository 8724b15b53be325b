/* SPDX-License-Identifier: Apache-2.0 */
/* limits.h - every ceiling that a stranger can push against, in one place. Sizes are in bytes
 * and times in seconds unless the name says otherwise. */
#pragma once

/* clang-format off */
#define KIB (1024)
#define MIB (1024 * 1024)

/* --- HTTP ---------------------------------------------------------------- */
#define LIMIT_HTTP_HEADERS (16 * KIB)      /* request line and headers */
#define LIMIT_HTTP_HEADER_LINES 100        /* browsers send about 20 */
#define LIMIT_HTTP_TARGET (4 * KIB)        /* path and query */
#define LIMIT_HTTP_BODY (64 * KIB)         /* url-encoded body */
#define LIMIT_HTTP_UPLOAD (160 * MIB)      /* multipart body as a whole */
#define LIMIT_HTTP_FIELDS 400              /* fields of one form, of one query */
#define LIMIT_HTTP_FIELD_NAME 128
#define LIMIT_HTTP_FIELD (32 * KIB)        /* one value */
#define LIMIT_HTTP_PARTS 420               /* parts of one multipart body */
#define LIMIT_HTTP_TEXT (256 * KIB)        /* all text parts of one multipart body */
#define LIMIT_HTTP_PART_HEADERS (2 * KIB)
#define LIMIT_HTTP_UPLOADS 20              /* files in one request */
#define LIMIT_HTTP_COOKIES 32
#define LIMIT_HTTP_CONNECTIONS 10000
#define LIMIT_HTTP_CONNECTIONS_PER_ADDRESS 200
#define LIMIT_HTTP_HEADER_SECONDS 10       /* first byte to end of headers */
#define LIMIT_HTTP_BODY_SECONDS 600        /* end of headers to end of body */
#define LIMIT_HTTP_BODY_GRACE_SECONDS 30
#define LIMIT_HTTP_BODY_RATE (2 * KIB)     /* bytes a second, once the grace is over */
#define LIMIT_HTTP_DRAINED (1 * MIB)       /* read to its end though its answer is known already */
#define LIMIT_HTTP_IDLE_SECONDS 60
#define LIMIT_HTTP_QUEUE 2000              /* requests that wait for a worker */
#define LIMIT_HTTP_STOP_SECONDS 10
#define LIMIT_HTTP_RATE_ADDRESSES 65536    /* addresses remembered by the rate limiter */
#define LIMIT_HTTP_CACHE (16 * MIB)        /* rendered public pages */

/* --- pages --------------------------------------------------------------- */
#define LIMIT_PAGE (2 * MIB)              /* holds a dossier at all its ceilings, escaped */
#define LIMIT_SITE_MAP (16 * MIB)          /* sitemap.xml: some 400 bytes an address */
#define LIMIT_PAGE_ROWS 20                 /* rows of a list page */
#define LIMIT_PAGE_NUMBER 100000

/* --- files --------------------------------------------------------------- */
#define LIMIT_FILE_MIB 50                  /* most that a procedure may allow for one file */
#define LIMIT_FILE (LIMIT_FILE_MIB * MIB)  /* whatever it is */
#define LIMIT_FILE_USUAL_MIB 10            /* of a paper that says nothing else [C32-7.6] */
#define LIMIT_FILE_USUAL (LIMIT_FILE_USUAL_MIB * MIB)
#define LIMIT_FILE_NAME 200
#define LIMIT_FILES_PER_PAPER 10
#define LIMIT_INSPECTIONS 3                /* children that look at files at one time */
#define LIMIT_INSPECTION_SECONDS 20        /* for one file, waiting for a turn included */
#define LIMIT_INSPECTION_MEMORY (1024 * MIB) /* addresses of one child, libraries included */
#define LIMIT_SCAN_SECONDS 60              /* for one file, by the virus scanner */
#define LIMIT_IMAGE_MEGAPIXELS 100
#define LIMIT_UNPACKED (256 * MIB)         /* what an archive or the streams of a PDF hold */
#define LIMIT_UNPACKED_RATIO 200           /* unpacked to packed, once there is 1 MiB */
#define LIMIT_ARCHIVE_ENTRIES 4000
#define LIMIT_THUMBNAIL (128 * KIB)
#define LIMIT_THUMBNAIL_SIDE 320           /* pixels */
#define LIMIT_CHUNK (1 * MIB)              /* one piece of a resumable upload */
#define LIMIT_UPLOADS_OPEN 20              /* resumable uploads of one person */
#define LIMIT_UPLOADS_OPEN_BYTES (300LL * MIB) /* … and what they may come to */
#define LIMIT_UPLOADS_ALL_BYTES (20LL * 1024 * MIB) /* of everybody */

/* --- text ---------------------------------------------------------------- */
#define LIMIT_SEARCH_WORDS 12
#define LIMIT_SEARCH_TEXT 200
#define LIMIT_FOLD (64 * KIB)
#define LIMIT_JSON (4 * MIB)
#define LIMIT_JSON_DEPTH 128               /* what walks JSON keeps some KB of stack a level */
#define LIMIT_PATTERN 500                  /* bytes of a regular expression */
#define LIMIT_PATTERN_STEPS 100            /* of some ten thousand operations each */
#define LIMIT_PATTERN_STACK (1 * MIB)
#define LIMIT_LOG_LINE (8 * KIB)
#define LIMIT_LOG_TEXT (1 * KIB)           /* one text of a line; the rest is cut off */

/* --- rules (JSONLogic) ----------------------------------------------------- */
#define LIMIT_LOGIC_STEPS 100000           /* operations, elements, 64 bytes of text */
#define LIMIT_LOGIC_DEPTH 64               /* lists in each other, of those a rule makes */
#define LIMIT_LOGIC_ITEMS 10000            /* a list that a rule makes, with all that is in it */
#define LIMIT_LOGIC_TEXT (64 * KIB)        /* a text that a rule makes */
#define LIMIT_LOGIC_LINE (1 * MIB)         /* a rule and its data, of motcua logic */

/* --- database ------------------------------------------------------------ */
#define LIMIT_DB_ROWS 200000               /* rows of one db_list */
#define LIMIT_DB_PARAMS 40
#define LIMIT_DB_COLUMNS 64
#define LIMIT_DB_GROUP 256                 /* writes in one group commit */
#define LIMIT_DB_WAITING 4000              /* writes that wait for the writer */
#define LIMIT_DB_RETRIES 8                 /* after serialization failures */
#define LIMIT_DB_BUSY_MS 10000
#define LIMIT_DB_STATEMENT_MS 30000        /* one statement of PostgreSQL */
#define LIMIT_DB_MIGRATION (1 * MIB)

/* --- import -------------------------------------------------------------- */
#define LIMIT_IMPORT_FILE (256 * MIB)      /* one file, unpacked */
#define LIMIT_IMPORT_LINE (1 * MIB)
#define LIMIT_IMPORT_REJECTS 1000          /* reported; the rest are counted */
#define LIMIT_PARSED_PROCEDURES 32         /* texts of procedures kept as they were parsed */

/* --- identity ------------------------------------------------------------ */
#define LIMIT_PASSWORD_LEAST 10            /* characters */
#define LIMIT_PASSWORD_MOST 200
#define LIMIT_SESSION_SECONDS (12 * 3600)
#define LIMIT_SESSION_IDLE_SECONDS (60 * 60)
#define LIMIT_RESET_CODE_SECONDS (15 * 60)
#define LIMIT_RESET_CODE_TRIES 5
#define LIMIT_CODES_A_DAY 10               /* mailed to one account */
#define LIMIT_PASSWORDS_AT_ONCE 2          /* hashed; each takes 7 MiB meanwhile */
#define LIMIT_AUDIT_READS 4096             /* reads remembered, so that each is noted once */

/* --- forms --------------------------------------------------------------- */
#define LIMIT_FORM_PAGES 60
#define LIMIT_FORM_FIELDS 700              /* parts of persons and so on count */
#define LIMIT_FORM_ROWS 50                 /* items of a repeated page */
#define LIMIT_FORM_CHECKS 100
#define LIMIT_FORM_START 6                 /* questions before one starts */
#define LIMIT_SAMPLES 50                   /* of one procedure */
#define LIMIT_FORM_OPTIONS 400             /* and code lists to choose from */
#define LIMIT_FORM_LOGIC 50                /* operations in each other, of one rule */
#define LIMIT_DEFINITION (1 * MIB)         /* a procedure's text in the builder */
#define LIMIT_BUILDER_TEXTS 50             /* of a working copy that are kept */
#define LIMIT_CONDITION_ROWS 12            /* sentences of one condition */
#define LIMIT_ANSWER_TEXT 8000             /* characters that a form may ask for in one answer */
#define LIMIT_ANSWER_KEPT 16000            /* characters of one answer that are kept to be mended */
#define LIMIT_ANSWERS (256 * KIB)          /* one draft as JSON */
#define LIMIT_MEMORY 300                   /* remembered answers of one person that are offered */
#define LIMIT_MEMORY_OF_WORD 10
#define LIMIT_MEMORY_VALUE 1000
#define LIMIT_DRAFTS 50                    /* open drafts of one person */
#define LIMIT_DRAFT_DAYS 30                /* when the configuration does not say */
#define LIMIT_DRAFT_WARNING_DAYS 5         /* at most, before one is forgotten, its owner is told */

/* --- dossiers ------------------------------------------------------------ */
#define LIMIT_MESSAGE 4000                 /* characters */
#define LIMIT_NOTE 2000
#define LIMIT_SUPPLEMENT_ITEMS 20
#define LIMIT_SUPPLEMENT_ITEM 300          /* characters of one */
#define LIMIT_FEE (1000 * 1000 * 1000)     /* dong */
#define LIMIT_MESSAGES 400                 /* of one dossier */
#define LIMIT_MESSAGE_ROWS 10              /* shown at one time */
#define LIMIT_ROUNDS 200                   /* acts of one dossier; then only those that end it */
#define LIMIT_EVENT_NOTES 20               /* newest of a history that are shown with their notes */

/* --- jobs ---------------------------------------------------------------- */
#define LIMIT_JOB_PAYLOAD (64 * KIB)
#define LIMIT_JOB_ATTEMPTS 12
#define LIMIT_JOB_BACKOFF_SECONDS (6 * 3600)
#define LIMIT_JOB_BATCH 16
/* clang-format on */
