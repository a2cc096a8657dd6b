import GRDB

/// Takes the rows of an exported project into a workspace; what is known there already, by digests and identifiers, stays as
/// it is.
struct ProjectMerge {
  /// A row on its way.
  private struct Record {
    var values: [String: DatabaseValue]

    init(_ row: Row) { values = Dictionary(row.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first }) }

    func integer(_ column: String) -> Int? { values[column].flatMap(Int.fromDatabaseValue) }
    func text(_ column: String) -> String { values[column].flatMap(String.fromDatabaseValue) ?? "" }
    mutating func set(_ column: String, _ value: (any DatabaseValueConvertible)?) {
      values[column] = value?.databaseValue ?? .null
    }
  }

  private let source: Database
  private let target: Database
  /// The folder that the files of the project were put into.
  private let folder: String

  init(from source: Database, into target: Database, folder: String) {
    self.source = source
    self.target = target
    self.folder = folder
  }

  /// Does it, and tells how many runs and reports are new.
  ///
  /// - Throws: `DatabaseError`.
  func run() throws -> (runs: Int, reports: Int) {
    let before = try counts()
    let models = try merge("model", by: "digest") { model, known in
      model.set("source", place(model.text("source")))
      model.set("parent", model.integer("parent").flatMap { known[$0] })
    }
    let datasets = try merge("dataset", by: "digest") { dataset, _ in dataset.set("root", place(dataset.text("root"))) }
    let machines = try merge("machine", by: "digest") { _, _ in }
    let projects = try mergeProjects(models, datasets, machines)
    let known = Set(try String.fetchAll(target, sql: "SELECT uuid FROM run"))
    let newRuns = Set(try rows("run").filter { !known.contains($0.text("uuid")) }.compactMap { $0.integer("id") })
    let runs = try merge("run", by: "uuid") { run, _ in run.set("process", nil as String?) }
    for table in ["run_project", "measurement", "figure"] {
      for var row in try rows(table) where newRuns.contains(row.integer("run") ?? 0) {
        row.set("run", row.integer("run").flatMap { runs[$0] })
        row.set("project", row.integer("project").flatMap { projects[$0] })
        row.values["id"] = nil
        try insert(row, into: table)
      }
    }
    let ownRuns = Dictionary(
      try rows("report").map { ($0.integer("id") ?? 0, $0.integer("run") ?? 0) },
      uniquingKeysWith: { first, _ in first })
    let reports = try merge("report", by: "uuid") { report, _ in
      report.set("run", report.integer("run").flatMap { runs[$0] })
    }
    for var row in try rows("report_row") {
      guard let old = row.integer("report"), let run = ownRuns[old], newRuns.contains(run) else { continue }
      row.set("report", reports[old])
      try insert(row, into: "report_row")
    }
    let after = try counts()
    return (after.runs - before.runs, after.reports - before.reports)
  }

  private func place(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }

  private func counts() throws -> (runs: Int, reports: Int) {
    (
      try Int.fetchOne(target, sql: "SELECT count(*) FROM run") ?? 0,
      try Int.fetchOne(target, sql: "SELECT count(*) FROM report") ?? 0
    )
  }

  private func rows(_ table: String) throws -> [Record] {
    let order = try source.columns(in: table).contains { $0.name == "id" } ? " ORDER BY id" : ""
    return try Row.fetchAll(source, sql: "SELECT * FROM \(table)\(order)").map(Record.init)
  }

  /// Inserts the rows of a table that are not known, and gives the number of each in the workspace by that in the file.
  private func merge(
    _ table: String, by key: String, _ change: (inout Record, _ known: [Int: Int]) -> Void
  ) throws -> [Int: Int] {
    var known: [Int: Int] = [:]
    for var row in try rows(table) {
      guard let old = row.integer("id") else { continue }
      row.values["id"] = nil
      change(&row, known)
      try insert(row, into: table, unlessKnownBy: key)
      known[old] = try Int.fetchOne(
        target, sql: "SELECT id FROM \(table) WHERE \(key) = ?", arguments: [row.values[key]])
    }
    return known
  }

  private func mergeProjects(
    _ models: [Int: Int], _ datasets: [Int: Int], _ machines: [Int: Int]
  ) throws -> [Int: Int] {
    var projects: [Int: Int] = [:]
    for row in try rows("project") {
      guard let old = row.integer("id"), let model = row.integer("model").flatMap({ models[$0] }),
        let machine = row.integer("machine").flatMap({ machines[$0] })
      else { continue }
      let dataset = row.integer("dataset").flatMap { datasets[$0] }
      try target.execute(
        sql: "INSERT INTO project (model, dataset, machine, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        arguments: [model, dataset, machine, row.values["created"]])
      projects[old] = try Int.fetchOne(
        target, sql: "SELECT id FROM project WHERE model = ? AND ifnull(dataset, 0) = ifnull(?, 0) AND machine = ?",
        arguments: [model, dataset, machine])
    }
    return projects
  }

  /// - Parameter key: a row of the same value in this column makes the new one be left out; nil for none.
  private func insert(_ row: Record, into table: String, unlessKnownBy key: String? = nil) throws {
    // What else a file of another origin calls a column never becomes part of a statement.
    let known = Set(try target.columns(in: table).map(\.name))
    let columns = row.values.keys.filter(known.contains).sorted()
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let exception = key.map { " ON CONFLICT (\($0)) DO NOTHING" } ?? ""
    try target.execute(
      sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))\(exception)",
      arguments: StatementArguments(columns.map { row.values[$0] ?? .null }))
  }
}
