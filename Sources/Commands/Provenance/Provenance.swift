import Evaluation
import Inference
public import Reports

/// What made a result: the statement, the program, the machine, and the hashes of what went in.
public struct Provenance: Sendable {
  /// As plain data, for the metadata of a notebook's output.
  public let data: DataValue

  /// What makes a statement's result in a session.
  ///
  /// - Parameters:
  ///   - statement: the statement in its canonical form.
  ///   - names: the names that it reads.
  init(statement: String, reading names: Set<String>, in session: Session) {
    let inputs = names.sorted().compactMap { name in
      session.value(of: name).flatMap(Self.input).map { DataValue.Member(key: name, value: $0) }
    }
    data = [
      "command": .string(statement), "version": .string(OctetVersion.current),
      "processor": .string(Self.processor),
      "instructions": .string((try? InstructionSet.selected().rawValue) ?? "none"),
      "processors": .integer(ProcessorCount.active), "inputs": .object(inputs),
    ]
  }

  private static func input(_ value: SessionValue) -> DataValue? {
    switch value {
    case .model(let model):
      var members: [(String, DataValue)] = [
        ("kind", "model"), ("summary", .string(model.summary)), ("file_sha256", .string(model.source.digest)),
      ]
      if let digest = model.knownContentDigest { members.append(("sha256", .string(digest))) }
      return object(members)
    case .dataset(let loaded):
      var members: [(String, DataValue)] = [("kind", "dataset"), ("summary", .string(loaded.summary))]
      if let digest = loaded.knownDigest { members.append(("sha256", .string(digest))) }
      return object(members)
    case .plain(_, let text): return ["kind": "value", "summary": .string(text)]
    case .report: return nil
    }
  }

  private static func object(_ members: [(String, DataValue)]) -> DataValue {
    .object(members.map { DataValue.Member(key: $0.0, value: $0.1) })
  }

  private static let processor = Machine().processor
}
