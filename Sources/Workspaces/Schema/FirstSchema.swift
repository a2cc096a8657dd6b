import GRDB

/// The first tables, whose columns hold nothing but their type. Times are seconds since 1970 (UTC), durations seconds, accuracies parts of 1, sizes bytes.
enum FirstSchema {
  static func make(_ database: Database) throws { try database.execute(sql: sql) }

  private static let sql = """
    -- Sessions of kernels and the cells that ran in them.
    CREATE TABLE session (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      begun REAL NOT NULL) STRICT;
    CREATE TABLE cell (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
      line INTEGER NOT NULL,
      input TEXT NOT NULL,
      output TEXT) STRICT;
    CREATE INDEX cell_place ON cell (session, line);

    -- What projects are made of; each is known by the digest of what it is.
    CREATE TABLE model (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      digest TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      precision TEXT NOT NULL,
      source TEXT NOT NULL,
      format TEXT NOT NULL,
      weight_bytes INTEGER NOT NULL,
      preprocessing TEXT,
      optimization TEXT,
      parent INTEGER REFERENCES model,
      added REAL NOT NULL) STRICT;
    CREATE INDEX model_parent ON model (parent);
    CREATE TABLE dataset (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      digest TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      root TEXT NOT NULL,
      image_count INTEGER NOT NULL,
      added REAL NOT NULL) STRICT;
    CREATE TABLE machine (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      digest TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      processor TEXT NOT NULL,
      processor_count INTEGER NOT NULL,
      memory_bytes INTEGER NOT NULL) STRICT;

    -- A model on a machine, with a dataset or none.
    CREATE TABLE project (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      model INTEGER NOT NULL REFERENCES model,
      dataset INTEGER REFERENCES dataset,
      machine INTEGER NOT NULL REFERENCES machine,
      created REAL NOT NULL) STRICT;
    CREATE UNIQUE INDEX project_identity ON project (model, ifnull(dataset, 0), machine);

    -- A statement that was run, the projects that it was about, and what it found out of each.
    CREATE TABLE run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      uuid TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      statement TEXT NOT NULL,
      status TEXT NOT NULL,
      message TEXT,
      process TEXT,
      begun REAL NOT NULL,
      ended REAL,
      version TEXT NOT NULL,
      instructions TEXT NOT NULL) STRICT;
    CREATE TABLE run_project (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
      PRIMARY KEY (run, project)) WITHOUT ROWID, STRICT;
    CREATE INDEX run_project_project ON run_project (project);
    CREATE TABLE measurement (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
      streams INTEGER NOT NULL,
      batch INTEGER NOT NULL,
      threads INTEGER NOT NULL,
      throughput REAL NOT NULL,
      latency_median REAL NOT NULL,
      latency_p90 REAL NOT NULL,
      latency_p99 REAL NOT NULL,
      iterations INTEGER NOT NULL,
      slices TEXT NOT NULL) STRICT;
    CREATE INDEX measurement_run ON measurement (run);
    CREATE INDEX measurement_project ON measurement (project);
    CREATE TABLE figure (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
      name TEXT NOT NULL,
      value REAL NOT NULL,
      lower REAL,
      upper REAL,
      count INTEGER,
      PRIMARY KEY (run, project, name)) WITHOUT ROWID, STRICT;
    CREATE INDEX figure_project ON figure (project, name);

    -- What runs showed: the page without the rows of its table, and those.
    CREATE TABLE report (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      uuid TEXT NOT NULL UNIQUE,
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      title TEXT NOT NULL,
      subtitle TEXT NOT NULL,
      row_count INTEGER NOT NULL,
      content BLOB NOT NULL) STRICT;
    CREATE INDEX report_run ON report (run);
    CREATE TABLE report_row (
      report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
      position INTEGER NOT NULL,
      content BLOB NOT NULL,
      PRIMARY KEY (report, position)) WITHOUT ROWID, STRICT;
    """
}
