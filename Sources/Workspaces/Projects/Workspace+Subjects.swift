import FoundationEssentials
import GRDB

extension Workspace {
  /// The number of a project, which is made where there is none yet.
  static func project(_ subject: ProjectSubject, in database: Database) throws -> Int {
    let model = try model(subject.model, in: database)
    let dataset = try subject.dataset.map { try self.dataset($0, in: database) }
    let machine = try machine(subject.machine, in: database)
    try database.execute(
      sql: "INSERT INTO project (model, dataset, machine, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [model, dataset, machine, Date().timeIntervalSince1970])
    return try number(
      "SELECT id FROM project WHERE model = ? AND ifnull(dataset, 0) = ifnull(?, 0) AND machine = ?",
      [model, dataset, machine], in: database)
  }

  private static func model(_ model: ModelRecord, in database: Database) throws -> Int {
    let parent = try model.parent.map { try self.model($0, in: database) }
    try database.execute(
      sql: """
        INSERT INTO model
          (digest, name, precision, source, format, weight_bytes, preprocessing, optimization, parent, added)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (digest) DO UPDATE SET name = excluded.name, source = excluded.source
        """,
      arguments: [
        model.digest, model.name, model.precision, model.source, model.format, model.weightByteCount,
        model.preprocessing, model.optimization, parent, Date().timeIntervalSince1970,
      ])
    return try number("SELECT id FROM model WHERE digest = ?", [model.digest], in: database)
  }

  private static func dataset(_ dataset: DatasetRecord, in database: Database) throws -> Int {
    try database.execute(
      sql: """
        INSERT INTO dataset (digest, name, kind, root, image_count, added) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (digest) DO UPDATE SET name = excluded.name, root = excluded.root
        """,
      arguments: [
        dataset.digest, dataset.name, dataset.kind, dataset.root, dataset.imageCount, Date().timeIntervalSince1970,
      ])
    return try number("SELECT id FROM dataset WHERE digest = ?", [dataset.digest], in: database)
  }

  private static func machine(_ machine: MachineRecord, in database: Database) throws -> Int {
    try database.execute(
      sql: """
        INSERT INTO machine (digest, name, processor, processor_count, memory_bytes) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: [machine.digest, machine.name, machine.processor, machine.processorCount, machine.memoryByteCount])
    return try number("SELECT id FROM machine WHERE digest = ?", [machine.digest], in: database)
  }

  /// The number that a query finds, which is there since it was inserted before.
  private static func number(
    _ sql: String, _ arguments: StatementArguments, in database: Database
  ) throws -> Int {
    guard let number = try Int.fetchOne(database, sql: sql, arguments: arguments) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row that was written is not there")
    }
    return number
  }
}
