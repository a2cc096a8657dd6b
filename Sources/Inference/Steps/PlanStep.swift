internal import Tensors

/// The addresses that steps work on during a run.
struct ExecutionContext {
  let arena: AlignedBuffer
  let offsets: [Int]
  /// Scratch memory, one piece a thread.
  let scratch: AlignedBuffer
  let scratchStride: Int

  /// The address of a location as elements of a type.
  func pointer<Element>(_ location: Location, _ type: Element.Type) -> UnsafeMutablePointer<Element> {
    unsafe arena.pointer(type, at: offsets[location.buffer] + location.byteOffset)
  }

  func scratchPointer(part: Int) -> UnsafeMutableRawPointer {
    unsafe scratch.base + part * scratchStride
  }
}

/// One operation of an execution plan on memory that was laid out ahead.
protocol PlanStep: Sendable {
  /// The graph's nodes that it computes; the first one names it.
  var nodes: [String] { get }
  /// The operator that it computes, with what is fused into it, as `Conv+Add`.
  var operation: String { get }
  /// The microkernel or loop that does the work.
  var kernel: String { get }
  /// The element type that it computes on: that of what it reads first.
  var elementType: ElementType? { get }
  /// Locations read and written; the memory plan is made from them.
  var reads: [Location] { get }
  var writes: [Location] { get }
  /// Arithmetic operations or bytes moved, whichever is larger, for deciding whether threads are worth waking.
  var workEstimate: Double { get }
  /// Multiplications whose products are summed; 0 for steps that only move or map elements.
  var products: Double { get }
  /// Scratch bytes that each thread needs.
  var scratchByteCount: Int { get }
  /// Whether the parts of the work may run at the same time.
  var isDivisible: Bool { get }
  /// How the rows of a matrix are divided among parts, if each part reads and writes just its own rows; else nil.
  var rowDivision: RowDivision? { get }

  /// Does one part of the work; the parts together do all of it.
  func run(_ context: borrowing ExecutionContext, part: WorkPart) throws(InferenceError)
}

extension PlanStep {
  var elementType: ElementType? { (reads.first ?? writes.first)?.layout.elementType }
  var products: Double { 0 }
  var scratchByteCount: Int { 0 }
  var isDivisible: Bool { true }
  var rowDivision: RowDivision? { nil }
}

/// Rows of a matrix that parts of a step share by `WorkPart.forEachPiece`.
struct RowDivision: Hashable {
  /// The rows: one a pixel.
  var pixels: Int
  /// Rows that a microkernel computes at a time; parts start at multiples of it.
  var tile: Int
}
