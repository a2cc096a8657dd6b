import FoundationEssentials
import GRDB

extension Workspace {
  /// Notes that a run has begun, and gives its number.
  ///
  /// - Throws: `WorkspaceError`.
  public func begin(_ run: RunStart) throws -> Int {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO run (uuid, kind, statement, status, process, begun, version, instructions)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          UUID().uuidString.lowercased(), run.kind, run.statement, RunStatus.running.rawValue,
          ProcessIdentity.current?.text, Date().timeIntervalSince1970, run.version, run.instructions,
        ])
      let id = Int(database.lastInsertedRowID)
      for subject in run.subjects { try Self.join(run: id, Self.project(subject, in: database), in: database) }
      return id
    }
  }

  /// Notes how a run ended, all that it found out, and what it showed, in one step.
  ///
  /// - Parameters:
  ///   - message: why it failed; nil where it did not.
  ///   - report: what it showed; nil for nothing.
  /// - Throws: `WorkspaceError`.
  public func finish(
    run id: Int, _ status: RunStatus, message: String? = nil, findings: [Finding] = [], report: ReportContent? = nil
  ) throws {
    try write { database in
      try Self.insert(findings, run: id, in: database)
      if let report { try Self.insert(report, run: id, in: database) }
      try database.execute(
        sql: "UPDATE run SET status = ?, message = ?, ended = ? WHERE id = ?",
        arguments: [status.rawValue, message, Date().timeIntervalSince1970, id])
    }
  }

  /// Keeps what a run has found out so far.
  ///
  /// - Throws: `WorkspaceError`.
  public func add(_ findings: [Finding], toRun id: Int) throws {
    try write { database in try Self.insert(findings, run: id, in: database) }
  }

  private static func insert(_ findings: [Finding], run id: Int, in database: Database) throws {
    for finding in findings {
      let project = try project(finding.subject, in: database)
      try join(run: id, project, in: database)
      for measurement in finding.measurements { try insert(measurement, run: id, project: project, in: database) }
      for figure in finding.figures { try insert(figure, run: id, project: project, in: database) }
    }
  }

  /// All runs, or those of one project, the newest first.
  ///
  /// - Throws: `WorkspaceError`.
  public func runs(ofProject project: Int? = nil) throws -> [RunRecord] {
    let condition =
      project == nil ? "" : "WHERE id IN (SELECT run FROM run_project WHERE project = :number)"
    return try runs(condition, project)
  }

  /// One run.
  ///
  /// - Throws: `WorkspaceError.unknown` where nothing has this number.
  public func run(_ id: Int) throws -> RunRecord {
    guard let run = try runs("WHERE id = :number", id).first else {
      throw WorkspaceError(.unknown, "the workspace has no run \(id)", remedy: "`runs` lists them")
    }
    return run
  }

  private func runs(_ condition: String, _ number: Int?) throws -> [RunRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT run.*,
            (SELECT group_concat(project) FROM run_project WHERE run_project.run = run.id) AS projects,
            (SELECT group_concat(name, char(10)) FROM (
              SELECT DISTINCT model.name AS name FROM run_project
              JOIN project ON project.id = run_project.project JOIN model ON model.id = project.model
              WHERE run_project.run = run.id ORDER BY project.id)) AS models,
            (SELECT group_concat(report.id) FROM report WHERE report.run = run.id) AS reports
          FROM run \(condition) ORDER BY begun DESC, id DESC
          """, arguments: number.map { ["number": $0] } ?? [:]
      ).map(Self.run)
    }
  }

  /// What a run found out, project by project.
  ///
  /// - Throws: `WorkspaceError`.
  public func findings(ofRun id: Int) throws -> [(project: Int, model: String, finding: RunFinding)] {
    try read { database in
      let projects = try Row.fetchAll(
        database,
        sql: """
          SELECT project.id AS id, model.name AS name FROM run_project
          JOIN project ON project.id = run_project.project JOIN model ON model.id = project.model
          WHERE run_project.run = ? ORDER BY project.id
          """, arguments: [id])
      return try projects.map { row in
        let project: Int = row["id"]
        return (project, row["name"], try Self.finding(run: id, project: project, in: database))
      }
    }
  }

  private static func finding(run: Int, project: Int, in database: Database) throws -> RunFinding {
    let measurements = try Row.fetchAll(
      database, sql: "SELECT * FROM measurement WHERE run = ? AND project = ? ORDER BY id", arguments: [run, project])
    let figures = try Row.fetchAll(
      database, sql: "SELECT * FROM figure WHERE run = ? AND project = ? ORDER BY name", arguments: [run, project])
    return RunFinding(
      measurements: measurements.map { row in
        MeasurementRecord(
          streams: row["streams"], batch: row["batch"], threads: row["threads"], throughput: row["throughput"],
          medianLatency: row["latency_median"], p90Latency: row["latency_p90"], p99Latency: row["latency_p99"],
          iterationCount: row["iterations"],
          slices: (row["slices"] as String).split(separator: " ").compactMap { Double($0) })
      },
      figures: figures.map { row in
        let (lower, upper): (Double?, Double?) = (row["lower"], row["upper"])
        let interval = lower.flatMap { lower in upper.map { min(lower, $0)...max(lower, $0) } }
        return FigureRecord(row["name"], row["value"], interval: interval, count: row["count"])
      })
  }

  private static func run(_ row: Row) -> RunRecord {
    func numbers(_ list: String?) -> [Int] { (list ?? "").split(separator: ",").compactMap { Int($0) } }
    return RunRecord(
      id: row["id"], uuid: row["uuid"], kind: row["kind"], statement: row["statement"], status: status(row),
      message: row["message"], begun: row["begun"], ended: row["ended"], version: row["version"],
      instructions: row["instructions"], projects: numbers(row["projects"]).sorted(),
      models: (row["models"] as String? ?? "").split(separator: "\n").map(String.init),
      reports: numbers(row["reports"]).sorted())
  }

  /// How the run of a row with its status and process ended.
  static func status(_ row: Row) -> RunStatus {
    let status = RunStatus(rawValue: row["status"]) ?? .error
    guard status == .running, let process: String = row["process"], let identity = ProcessIdentity(process),
      identity.hasEnded
    else { return status }
    return .killed
  }

  static func join(run: Int, _ project: Int, in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO run_project (run, project) VALUES (?, ?) ON CONFLICT DO NOTHING", arguments: [run, project])
  }

  private static func insert(
    _ measurement: MeasurementRecord, run: Int, project: Int, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO measurement (run, project, streams, batch, threads, throughput, latency_median, latency_p90,
          latency_p99, iterations, slices) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run, project, measurement.streams, measurement.batch, measurement.threads, measurement.throughput,
        measurement.medianLatency, measurement.p90Latency, measurement.p99Latency, measurement.iterationCount,
        measurement.slices.map(\.description).joined(separator: " "),
      ])
  }

  private static func insert(_ figure: FigureRecord, run: Int, project: Int, in database: Database) throws {
    guard figure.value.isFinite else { return }
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO figure (run, project, name, value, lower, upper, count) VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run, project, figure.name, figure.value, figure.interval?.lowerBound, figure.interval?.upperBound, figure.count,
      ])
  }
}

/// What a run found out of one project.
public struct RunFinding: Sendable, Hashable {
  /// Throughput and latency.
  public let measurements: [MeasurementRecord]
  /// Other numbers, by name.
  public let figures: [FigureRecord]
}
