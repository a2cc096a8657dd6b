import CommandLanguage
import Datasets
import Documents
import Evaluation
import Examples
import Graphs
import Inference
import ModelFormats
import Quantization
import Tensors
import Workspaces

extension Diagnostic {
  /// Any error of the engine as something to say about a place in a cell.
  init(_ error: any Error, at span: SourceSpan) {
    switch error {
    case let error as CommandFailure: self = error.diagnostic
    case let error as DatasetError:
      self.init(error.code.rawValue, error.file, error.message, error.remedy ?? "check the file", span)
    case let error as ModelFormatError:
      self.init(error.code.rawValue, error.file, error.message, error.remedy ?? "export the model again", span)
    case let error as QuantizationError:
      let message = error.node.map { "“\($0)”: \(error.message)" } ?? error.message
      self.init(error.code.rawValue, nil, message, error.remedy ?? "see `help calibrate`", span)
    case let error as EvaluationError:
      self.init(error.code.rawValue, nil, error.message, error.remedy ?? "see `help`", span)
    case let error as WorkspaceError: self.init(error.code.rawValue, nil, error.message, error.remedy, span)
    case let error as ExampleError: self.init(error.code.rawValue, nil, error.message, error.remedy, span)
    case let error as GraphError:
      self.init(error.code.rawValue, nil, error.description, "export the model again, or use another one", span)
    case let error as InferenceError:
      self.init(error.code.rawValue, nil, error.description, Self.remedy(for: error.code), span)
    case let error as TensorError: self.init(error.code.rawValue, nil, error.message, "use smaller extents", span)
    case let error as DocumentError:
      self.init(error.code.rawValue, nil, error.description, "ask for fewer or smaller pictures", span)
    default:
      self.init("unexpected-error", nil, "\(error)", "please report this with the cell that shows it", span)
    }
  }

  private init(_ code: String, _ file: String?, _ message: String, _ remedy: String, _ span: SourceSpan) {
    let cause = file.map { "\($0): \(message)" } ?? message
    self.init(.init(code.kebabCase), cause, at: span, help: remedy)
  }

  private static func remedy(for code: InferenceError.Code) -> String {
    switch code {
    case .outOfMemory: "use a smaller batch or fewer streams"
    case .unsupportedInstructionSet: "leave OCTET_ISA out, or name an instruction set of this processor"
    case .wrongInput: "use a model that takes one picture"
    case .unsupportedGraph: "export the model with static shapes, or use another one"
    case .cancelled: "run the cell again"
    }
  }
}

extension Error {
  /// Whether the error says that the work was interrupted.
  var isInterruption: Bool {
    self is CancellationError || (self as? InferenceError)?.code == .cancelled
  }
}

extension String {
  /// The words of a name in camel case, joined by hyphens: `noImages` as `no-images`.
  fileprivate var kebabCase: String {
    reduce(into: "") { text, character in
      if character.isUppercase { text += text.isEmpty ? "" : "-" }
      text += character.lowercased()
    }
  }
}
