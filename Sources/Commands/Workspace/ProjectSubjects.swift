import Datasets
import Evaluation
import FoundationEssentials
import Reports
import Workspaces

/// Models, datasets and this machine as the workspace knows them.
enum ProjectSubjects {
  /// A model with a dataset or none on this machine.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  static func subject(
    _ model: Model, on dataset: LoadedDataset?, isCancelled: () -> Bool
  ) throws -> ProjectSubject {
    ProjectSubject(
      model: model.record, dataset: try dataset.map { try record($0, isCancelled: isCancelled) }, machine: machine)
  }

  /// A dataset, by its pictures and their annotations, wherever it lies.
  private static func record(_ loaded: LoadedDataset, isCancelled: () -> Bool) throws -> DatasetRecord {
    let dataset = loaded.dataset
    let pictures = try loaded.digest(isCancelled: isCancelled)
    let annotations = dataset.samples.map { sample in
      sample.classIndex.map(String.init) ?? sample.annotation.map { "\($0)" } ?? "-"
    }
    let pairs = dataset.pairs.map { "\($0)" }
    return DatasetRecord(
      digest: FileDigest.ofText("\(pictures) \((annotations + pairs).joined(separator: " "))"), name: dataset.name,
      kind: DatasetReport.typeName(of: dataset), root: UserPath.absolute(dataset.root, relativeTo: nil),
      imageCount: dataset.samples.count)
  }

  /// This machine.
  static let machine: MachineRecord = {
    let machine = Machine()
    let name = ProcessInfo.processInfo.hostName
    let count = ProcessorCount.active
    return MachineRecord(
      digest: FileDigest.ofText("\(name)\n\(machine.processor)\n\(count)\n\(machine.memoryByteCount)"), name: name,
      processor: machine.processor, processorCount: count, memoryByteCount: machine.memoryByteCount)
  }()
}

extension Model {
  /// The model as the workspace knows it: one that was read from files by these, one that was made here by what it is, so that
  /// it is the same model whatever version of Octet reads or makes it.
  var record: ModelRecord {
    let identity =
      calibration.map { "made \($0.digest)" }
      ?? "read \(source.digest) \(source.companionPath.flatMap(FileDigest.ofFile) ?? "")"
    return ModelRecord(
      digest: FileDigest.ofText("\(identity) \(preprocessing?.description ?? "")"), name: name, precision: precision,
      source: UserPath.absolute(source.path, relativeTo: nil), format: source.format,
      weightByteCount: analysis.weightByteCount, preprocessing: preprocessing?.description,
      optimization: calibration.map(Self.optimization), parent: parent?.record)
  }

  private static func optimization(_ calibration: CalibrationReport) -> String {
    let ignored =
      calibration.settings.ignored.isEmpty ? "" : ", without \(calibration.settings.ignored.joined(separator: ", "))"
    return "INT8, \(calibration.settings.method), \(calibration.settings.preset)\(ignored); "
      + "\(calibration.imageCount) images of \(calibration.dataset)"
  }
}
