/// A model as a workspace knows it.
public final class ModelRecord: Sendable, Hashable {
  /// The SHA-256 of what the model is: the same wherever it is loaded from.
  public let digest: String
  /// The model's name.
  public let name: String
  /// `FP32` or `INT8`.
  public let precision: String
  /// The path of the file that it, or the model that it was made of, was read from.
  public let source: String
  /// The format of that file.
  public let format: String
  /// The bytes of its weights.
  public let weightByteCount: Int
  /// How pictures are prepared for it; nil where it takes none.
  public let preprocessing: String?
  /// How it was made of its parent; nil where it was not.
  public let optimization: String?
  /// The model that it was made of.
  public let parent: ModelRecord?

  /// A model.
  public init(
    digest: String, name: String, precision: String, source: String, format: String, weightByteCount: Int,
    preprocessing: String? = nil, optimization: String? = nil, parent: ModelRecord? = nil
  ) {
    self.digest = digest
    self.name = name
    self.precision = precision
    self.source = source
    self.format = format
    self.weightByteCount = weightByteCount
    self.preprocessing = preprocessing
    self.optimization = optimization
    self.parent = parent
  }

  /// Models of one digest are equal.
  public static func == (left: ModelRecord, right: ModelRecord) -> Bool { left.digest == right.digest }
  /// Hashes the digest.
  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

/// A dataset as a workspace knows it.
public struct DatasetRecord: Sendable, Hashable {
  /// The SHA-256 of its pictures and annotations.
  public let digest: String
  /// The dataset's name.
  public let name: String
  /// Its kind, such as `ImageNet`.
  public let kind: String
  /// The folder that it was read from.
  public let root: String
  /// How many pictures it has.
  public let imageCount: Int

  /// A dataset.
  public init(digest: String, name: String, kind: String, root: String, imageCount: Int) {
    self.digest = digest
    self.name = name
    self.kind = kind
    self.root = root
    self.imageCount = imageCount
  }
}

/// A machine as a workspace knows it.
public struct MachineRecord: Sendable, Hashable {
  /// What tells it from others.
  public let digest: String
  /// The name of the host.
  public let name: String
  /// The name of the processor.
  public let processor: String
  /// How many processors may be used.
  public let processorCount: Int
  /// The bytes of its memory.
  public let memoryByteCount: Int

  /// A machine.
  public init(digest: String, name: String, processor: String, processorCount: Int, memoryByteCount: Int) {
    self.digest = digest
    self.name = name
    self.processor = processor
    self.processorCount = processorCount
    self.memoryByteCount = memoryByteCount
  }
}

/// What a project is about: a model on a machine, with a dataset or none.
public struct ProjectSubject: Sendable, Hashable {
  /// The model.
  public let model: ModelRecord
  /// The dataset; nil for what is measured without pictures.
  public let dataset: DatasetRecord?
  /// The machine.
  public let machine: MachineRecord

  /// A subject.
  public init(model: ModelRecord, dataset: DatasetRecord?, machine: MachineRecord) {
    self.model = model
    self.dataset = dataset
    self.machine = machine
  }
}
