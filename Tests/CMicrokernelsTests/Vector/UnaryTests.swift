import CMicrokernels
import Foundation
import Testing

/// Functions of one number and products, each against its formula.
@Suite struct UnaryTests {
  private static let kinds: [mk_unary] = [
    MK_UNARY_SIGMOID, MK_UNARY_TANH, MK_UNARY_HARD_SIGMOID, MK_UNARY_HARD_SWISH, MK_UNARY_LEAKY_RELU, MK_UNARY_ELU,
    MK_UNARY_EXP,
  ]

  private func value(_ kind: mk_unary, _ x: Double, _ alpha: Double, _ beta: Double) -> Double {
    switch kind {
    case MK_UNARY_SIGMOID: 1 / (1 + exp(-x))
    case MK_UNARY_TANH: tanh(x)
    case MK_UNARY_HARD_SIGMOID: min(max(alpha * x + beta, 0), 1)
    case MK_UNARY_HARD_SWISH: x * min(max(x / 6 + 0.5, 0), 1)
    case MK_UNARY_LEAKY_RELU: x < 0 ? alpha * x : x
    // Above, the inverse of the exponential of the opposite number may be zero already.
    case MK_UNARY_EXP: x > 87.3 ? .infinity : exp(x)
    default: x < 0 ? alpha * expm1(x) : x
    }
  }

  @Test(arguments: Array(0...40) + [1000]) func `functions of one number`(count: Int) {
    var random = SeededGenerator(seed: 1 + count)
    let reach: Float = [1, 12, 200][count % 3]
    let (alpha, beta) = (random.float(0...1), random.float(0...1))
    var x = random.floats(count, -reach...reach)
    if count > 4 { x[1...4] = [.infinity, 0, -0.0, -100] }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      for kind in Self.kinds {
        let input = GuardedBuffer(x)
        let output = GuardedBuffer(repeating: Float(-77), count: count)
        unsafe functions.pointee.unary_f32(kind, count, input.pointer, alpha, beta, output.pointer)
        for (x, y) in zip(x, output.elements) {
          let expected = value(kind, Double(x), Double(alpha), Double(beta))
          let bound = 4e-7 * max(expected.magnitude, 1)
          let isLarge = expected == .infinity && y >= 8e37
          #expect(
            Double(y) == expected || abs(Double(y) - expected) <= bound || isLarge, "\(isa) \(kind) of \(x)")
        }
      }
    }
  }

  @Test func `what is not a number stays so`() {
    for unsafe functions in unsafe KernelTables.vectors {
      for kind in Self.kinds {
        let input = GuardedBuffer([Float](repeating: .nan, count: 19))
        let output = GuardedBuffer(repeating: Float(0), count: 19)
        unsafe functions.pointee.unary_f32(kind, 19, input.pointer, 0.5, 0.5, output.pointer)
        let others = output.elements.count { !$0.isNaN }
        #expect(others == 0)
      }
    }
  }

  @Test(arguments: Array(0...140) + [1000]) func `look up and multiply`(count: Int) {
    var random = SeededGenerator(seed: 1 + count)
    let table = random.bytes(256, extreme: false)
    let (a, b) = (random.bytes(count, extreme: false), random.bytes(count, extreme: count % 3 == 0))
    let (zeroA, zeroB) = (random.integer(0...255), random.integer(0...255))
    let (scale, offset) = (random.float(-0.02...0.02), random.float(0...255))
    let (lower, upper) = (Float(random.integer(0...50)), Float(random.integer(100...255)))
    let products = zip(a, b).map { a, b in
      requantized(
        Int64((Int(a) - zeroA) * (Int(b) - zeroB)), scale: scale, offset: offset, lower: lower, upper: upper)
    }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let (inputA, inputB, entries) = (GuardedBuffer(a), GuardedBuffer(b), GuardedBuffer(table))
      let output = GuardedBuffer(repeating: UInt8(0xA5), count: count)
      unsafe functions.pointee.lookup_u8(count, inputA.pointer, entries.pointer, output.pointer)
      #expect(output.elements == a.map { table[Int($0)] }, "\(isa)")
      unsafe functions.pointee.multiply_u8(
        count, inputA.pointer, inputB.pointer, Int32(zeroA), Int32(zeroB), scale, offset, lower, upper, output.pointer)
      #expect(output.elements == products, "\(isa)")
    }
  }
}
