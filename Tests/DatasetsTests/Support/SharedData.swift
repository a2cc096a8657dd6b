import Foundation

/// Photographs that may lie beside the project's folder but do not belong to it.
enum SharedData {
  static let root: String? = {
    let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
    let folder = project.appendingPathComponent("../shared/data").standardizedFileURL.path
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }()
}
