#!/usr/bin/python3
"""Plans the change of a director's table, saves the plan, and tells Ansible what it would do."""

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: ipvstx_plan
short_description: plan the change of a table of Linux IPVS
description:
  - Compares a source with the live table and saves the plan, which "ipvstx apply" runs once and only on that table.
  - The table itself is never changed, in check mode or not; C(changed) tells whether the plan has anything to do.
options:
  source: {description: the source on the director, type: path, required: true}
  output: {description: where the plan is saved, type: path, required: true}
  program: {description: the program, type: str, default: ipvstx}
  arguments: {description: further options of the plan, type: list, elements: str, default: []}
"""

RETURN = """
plan: {description: the plan as text by lines, returned: always, type: list}
"""

UNCHANGED, CHANGED = 0, 2


def main():
    module = AnsibleModule(
        argument_spec={
            "source": {"type": "path", "required": True},
            "output": {"type": "path", "required": True},
            "program": {"type": "str", "default": "ipvstx"},
            "arguments": {"type": "list", "elements": "str", "default": []},
        },
        supports_check_mode=True,
    )
    program, source, output = (module.params[name] for name in ("program", "source", "output"))

    def run(expected, *words):
        status, text, complaint = module.run_command([program, *words])
        if status not in expected:
            module.fail_json(msg=complaint.strip() or text.strip(), rc=status)
        return status, text, complaint

    planning = ["plan", source, "--output", output, "--detailed-exitcode", *module.params["arguments"]]
    status, text, complaint = run((UNCHANGED, CHANGED), *planning)
    for warning in complaint.strip().split("\n\n"):
        if warning:
            module.warn(warning)
    result = {"changed": status == CHANGED, "plan": text.splitlines()}
    if module._diff and status == CHANGED:
        result["diff"] = {"prepared": run((UNCHANGED,), "show", output, "--format", "unified")[1]}
    module.exit_json(**result)


if __name__ == "__main__":
    main()
