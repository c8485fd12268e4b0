#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our scanner against Python's: the classes of valid and invalid JSON, each case judged by Python's json made strict, and
thousands of damaged documents. json-cases.py JSON-TOKENS

Python differs from us on purpose in three things, which are left out of the comparison and tested in test-json.c: it
takes NaN and Infinity (made strict here), halves of surrogate pairs, and any depth."""
import json
import random
import struct
import subprocess
import sys

sys.set_int_max_str_digits(0)


class Number(str):
    """A number as it is written."""


def no_constant(name):
    raise ValueError(name)


DECODER = json.JSONDecoder(object_pairs_hook=lambda pairs: ("object", pairs), parse_float=Number, parse_int=Number,
                           parse_constant=no_constant, strict=True)


def tokens(value, out):
    if isinstance(value, tuple):
        out.append("{")
        for key, inner in value[1]:
            out.append("k" + key.encode("utf-8").hex())
            tokens(inner, out)
        out.append("}")
    elif isinstance(value, list):
        out.append("[")
        for inner in value:
            tokens(inner, out)
        out.append("]")
    elif isinstance(value, Number):
        out.append(str(value))
    elif isinstance(value, str):
        out.append("s" + value.encode("utf-8").hex())
    else:
        out.append({True: "true", False: "false", None: "null"}[value])


def judged(data):
    """What Python says, or None where it differs on purpose."""
    try:
        text = data.decode("utf-8")
        value, end = DECODER.raw_decode(text, len(text) - len(text.lstrip(" \t\r\n")))
        if text[end:].strip(" \t\r\n"):
            return "no"
        out = ["ok"]
        tokens(value, out)
        return " ".join(out)
    except UnicodeEncodeError:
        return None
    except (ValueError, RecursionError):
        return "no"


def accepted():
    """One or more of each class that must be accepted."""
    for inner in (b"", b"1", b"1,2", b"[]", b"[],[]", b"{}", b'""', b'"a"', b"null", b"true", b"false", b"[[[]]]", b" ",
                  b" 1 ", b"\n1\r\n", b"\t1\t,\t2\t"):
        yield b"[" + inner + b"]"
    for number in (b"0", b"-0", b"1", b"-1", b"123", b"10", b"0.0", b"0.1", b"-0.1", b"1.5", b"100.001", b"0e1", b"0e+1",
                   b"0E-1", b"1e1", b"1E1", b"1e+2", b"1E+2", b"1e-2", b"1E-2", b"1.5e10", b"123.456e78", b"-123",
                   b"123123123123123123123123123123", b"0.12345678901234567890", b"-0.0", b"1e22", b"20e1",
                   b"-0.000000000000000000000000000000000000000000000000000001"):
        yield number
        yield b"[" + number + b" ]"
        yield b'{"x":' + number + b"}"
    for text in (b"", b" ", b"a", b"asd ", b"\\\"", b"\\\\", b"\\/", b"\\b\\f\\n\\r\\t", b"\\u0041", b"\\u00e9",
                 b"\\u0000", b"\\uFFFF", b"\\u0821", b"\\ud83d\\ude39", b"\\uD834\\uDD1E", b"\\u005C\\u0022", b"\\\\u0000",
                 b"\\\\n", b"\\u2028\\u2029", b"\\udbff\\udfff", b"a/*b*/c", b"\x7f", b"{", b"[", b",", b":",
                 "é".encode(), "€𝄞".encode(), "\u2028\u2029\ufeff\uffff\U0010ffff".encode(), "符号".encode()):
        yield b'"' + text + b'"'
        yield b'["' + text + b'"]'
        yield b'{"' + text + b'":"' + text + b'"}'
    for whole in (b"{}", b"{ }", b'{"a":"b"}', b'{"a":1,"a":2}', b'{"a":1,"a":1}', b'{"":0}', b'{"a":{"b":{"c":[]}}}',
                  b'{"a\\u0000b":12}', b'{"min":-1.0e+28,"max":1.0e+28}', b'{\n"a": "b"\n}', b'{"x":[{"id":"xx"}],"id":"x"}',
                  b"null", b"true", b"false", b'""', b" [] ", b"[]\n", b'["a",1,{"b":[true,null]}]', b'[1,null,null,null,2]',
                  b"[" * 64 + b"]" * 64, b'{"a":' * 63 + b"{}" + b"}" * 63):
        yield whole


def refused():
    """One or more of each class that must be refused."""
    for inner in (b"1 true", b"a", b",1", b"1,,2", b"1,,", b"1,", b",", b"x", b"3[4", b"1:2", b"", b"]", b"1 2", b'""],',
                  b"-", b'"x", 4', b"*", b"nul", b"tru", b"fals", b"True", b"NULL", b"nulll", b"truefalse", b"\x0c",
                  b"\xe2\x81\xa0", b"\xc2\xa0", b"\xe3\x80\x80", b"\\n", b"'a'", b"(1)", b"<null>", b"&1", b"//x\n1", b"/**/",
                  b"#1\n", b"1;2", b"...", b"undefined", b"\x00", b"1\x00", b"\xff", b"\xe9", b"[", b"{", b"}", b'{"a"', b'{"a":',
                  b'"a', b'"', b'{"a":1]', b"{]", b"{[]}", b"@", b"a\xe9"):
        if inner not in (b"", b'"x", 4'):
            yield b"[" + inner + b"]"
        if inner != b"]":
            yield b"[" + inner
    for number in (b"-", b"+1", b"++1", b"+Inf", b"-01", b"-1.0.", b"-2.", b"-NaN", b".-1", b".2e-3", b"0.1.2", b"0.3e+",
                   b"0.3e", b"0.e1", b"0E+", b"0E", b"0e", b"0e+", b"1.0e+", b"1.0e-", b"1.0e", b"1 000", b"1eE2", b"2.e+3",
                   b"2.e-3", b"2.e3", b"9.e+", b"1+2", b"0x1", b"0x42", b"Infinity", b"-Infinity", b"NaN", b"Inf", b"-foo",
                   b"- 1", b"-012", b"012", b"00", b"1_000", b"1a", b"1ea", b"1e1.5", b"--1", b"1.", b".5", b"-.5", b"1,5x",
                   b"1f", b"1l", b"1e\xe5", b"1\xe5", "１".encode(), b"0b1", b"0o7", b"1e--1", b"1.2.3", b"e1", b"-e1"):
        yield b"[" + number + b"]"
        if number != b"1,5x":
            yield number
    for text in (b"\\", b"\\x00", b"\\u", b"\\u1", b"\\u00A", b"\\u00", b"\\uqqqq", b"\\ug000", b"\\a", b"\\0", b"\\'", b"\\v",
                 b"\\e", b"\\ ", b"\\U0041", b"\\\xe5", b"\\\x00", b"\n", b"\t", b"\r", b"\x00", b"\x1f", b"a\nb", b"\xff", b"\x80",
                 b"\xc0\x80", b"\xc1\xbf", b"\xc3", b"\xc3(", b"\xe0\x80\x80", b"\xe0\x9f\xbf", b"\xe2\x82", b"\xed\xa0\x80",
                 b"\xed\xbf\xbf", b"\xf0\x80\x80\x80", b"\xf0\x8f\xbf\xbf", b"\xf0\x90\x80", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80",
                 b"\xf8\x88\x80\x80\x80", b"\xfe", b"\xe6\x97\xa5\xd1\x88\xfa", b"\x93\xfa\x96\x7b", b'"', b'a"b', b'" "'):
        yield b'["' + text + b'"]'
        yield b'"' + text + b'"'
        yield b'{"' + text + b'":0}'
    for whole in (b"", b" ", b"\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf{}", b"\xff\xfe[\x00]\x00", b"\x00[\x00]", b'{"a"', b'{"a":1',
                  b'{"a":', b'{"a" 1}', b'{"a":a}', b'{"a":1,}', b'{,"a":1}', b'{"a":1,,"b":2}', b'{"a"::1}', b'{"a",1}', b"{1:1}",
                  b"{null:1}", b"{[]:1}", b"{a:1}", b"{'a':1}", b'{"a":1 "b":2}', b'{"a":"b"}#', b'{"a":"b"}/**/', b'{"a":"b"}//',
                  b'{"a":1}}', b"[]]", b"[1]x", b"[1][2]", b"1 2", b"{}{}", b"{} []", b'""x', b"[}", b"{]", b"[{]}", b"<.>", b"[<null>]",
                  b"*", b"abc", b"'", b'"', b"\\u000A\"\"", b"var a = [1];", b"[1];", b"(1)", b"nullnull", b"n", b"t", b"tr", b"fa",
                  b"nu", b"-", b"{", b"[", b"[[[[", b'{"":{"":{"":', b"]", b"}", b":", b",", b'{"a":1', b"[1,\n1\n,1",
                  b"{\"\xe9\":\"NF\",\"a\":", b"\xe5", b"\xc2\xa0{}", b"\xe2\x81\xa0[]", b"[1]\x00", b"\x0c[]", b"\x0b1",
                  b"[" * 100000, b'{"":[' * 50000, b"[\"" + b"a" * 1000):
        yield whole


def damaged(rng):
    """A valid document with some bytes changed, removed, doubled or moved."""
    seeds = [b'{"source-ref":"s3://b/a.jpg","x":{"image_size":[{"width":640,"height":480,"depth":3}],"annotations":'
             b'[{"class_id":1,"top":50,"left":40.5,"height":80,"width":120}]},"x-metadata":{"class-map":{"1":"pen"}}}',
             b'[1,-2.5e+3,true,false,null,"\\u00e9\\ud83d\\ude39\\n",{"a":{}},[]]', '{"符号":"é\\\\","z":[ 1 , 2 ]}'.encode()]
    alphabet = b'{}[]",:\\u0123456789.eE+-tfn al\n\t\x00\x80\xc3\xa9\xed\xff'
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.randint(0, 3)):
        at = rng.randrange(len(data))
        kind = rng.randrange(4)
        if kind == 0:
            data[at] = rng.choice(alphabet)
        elif kind == 1:
            del data[at:at + rng.randint(1, 5)]
        elif kind == 2:
            data.insert(at, rng.choice(alphabet))
        else:
            data[at:at] = data[at:at + rng.randint(1, 20)]
        if not data:
            break
    return bytes(data)


def main():
    good, bad = list(dict.fromkeys(accepted())), list(dict.fromkeys(refused()))
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    rng = random.Random(seed)
    random_cases = [damaged(rng) for _ in range(20000)]
    cases = good + bad + random_cases
    data = b"".join(struct.pack("<I", len(case)) + case for case in cases)
    answers = subprocess.run([sys.argv[1]], input=data, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")[:-1]
    wrong, compared, valid = [], 0, 0
    assert len(answers) == len(cases)
    for number, (case, answer) in enumerate(zip(cases, answers)):
        expected = judged(case)
        if number < len(good) and not (answer.startswith("ok") and expected == answer):
            wrong.append((case, answer, expected))
        elif len(good) <= number < len(good) + len(bad) and not (answer == "no" == expected):
            wrong.append((case, answer, expected))
        elif expected is not None and answer != expected:
            wrong.append((case, answer, expected))
        compared += expected is not None
        valid += answer != "no"
    for case, answer, expected in wrong[:20]:
        print("%r\n  ours:   %s\n  python: %s" % (case[:200], answer[:200], (expected or "")[:200]))
    print("%d must be accepted, %d refused, %d damaged (seed %d), %d compared, %d valid, %d wrong"
          % (len(good), len(bad), len(random_cases), seed, compared, valid, len(wrong)))
    return 1 if wrong or len(good) < 95 or len(bad) < 188 or compared < 15000 else 0


sys.exit(main())
