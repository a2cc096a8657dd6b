/// Every model format there is. A new one is one folder in this module and one line here.
public enum ModelFormatCatalog {
  /// All formats; where a file could be of several, the first one counts.
  public static let all: [any ModelFormat.Type] = [
    ONNXFormat.self,
    CaffeFormat.self,
    OpenVINOFormat.self,
  ]

  /// Reads a model from its files, of whichever format it is.
  ///
  /// - Parameters:
  ///   - path: the file that describes the network.
  ///   - companion: the second file, for formats that have one.
  /// - Throws: `ModelFormatError`.
  public static func load(
    path: String, companion: String? = nil, options: ImportOptions = ImportOptions()
  ) throws(ModelFormatError) -> ImportedModel {
    let main = try ModelFile(reading: path)
    let format = try format(of: main)
    if companion != nil, format.companion == nil {
      throw ModelFormatError(
        .wrongCompanion, "a model of the \(format.name) format holds its weights itself",
        remedy: "leave the second file out",
        file: path)
    }
    let second: ModelFile? = if let companion { try ModelFile(reading: companion) } else { nil }
    return try load(ModelFiles(main: main, companion: second), as: format, options: options)
  }

  /// Reads a model of a known format.
  ///
  /// - Throws: `ModelFormatError`; it names the main file where no other is concerned.
  public static func load(
    _ files: ModelFiles, as format: any ModelFormat.Type, options: ImportOptions = ImportOptions()
  ) throws(ModelFormatError) -> ImportedModel {
    do {
      return try format.load(files, options: options)
    } catch { throw error.inFile(files.main.path) }
  }

  /// The format of a file by its extension, else by its first bytes.
  ///
  /// - Throws: `ModelFormatError.foreignFile` or `wrongCompanion` if the file describes no network.
  public static func format(of file: ModelFile) throws(ModelFormatError) -> any ModelFormat.Type {
    let header = file.header
    let known = all.first { $0.fileExtensions.contains(file.fileExtension) }
    if let kind = FileSignature.kind(of: header), !(known?.matches(header) ?? all.contains { $0.matches(header) }) {
      throw ModelFormatError(
        .foreignFile, "is \(kind), not a model" + (known.map { " in the \($0.name) format" } ?? ""),
        remedy: "name a file of one of the formats \(formatList)", file: file.path)
    }
    if let known { return known }
    for format in all {
      guard let companion = format.companion, companion.fileExtensions.contains(file.fileExtension) else { continue }
      throw ModelFormatError(
        .wrongCompanion, "holds only the \(companion.role) of a model in the \(format.name) format",
        remedy: "name the .\(format.fileExtensions.joined(separator: " or .")) file, and this one as "
          + "\(companion.role): \"\(file.path)\"",
        file: file.path)
    }
    guard let format = all.first(where: { $0.matches(header) }) else {
      throw ModelFormatError(
        .foreignFile, "is of no model format that is known",
        remedy: "name a file of one of the formats \(formatList)", file: file.path)
    }
    return format
  }

  private static var formatList: String {
    all.map { "\($0.name) (.\($0.fileExtensions.joined(separator: ", .")))" }.joined(separator: ", ")
  }
}
