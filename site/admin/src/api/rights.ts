/** Who may do what, and what it is called. Written by `npm run types` from chalicelib/rules, not by hand. */

export const rights = {
 "roles": [
  "administrator",
  "province_auditor",
  "bureau",
  "association_manager",
  "association_clerk",
  "police",
  "hotline",
  "print_vendor",
  "company_owner",
  "company_clerk",
  "feed",
  "platform"
 ],
 "company_roles": [
  "company_clerk",
  "company_owner"
 ],
 "may": {
  "account.own": [
   "administrator",
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner",
   "feed",
   "hotline",
   "platform",
   "police",
   "print_vendor",
   "province_auditor"
  ],
  "factor.own": [
   "administrator",
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner",
   "hotline",
   "police",
   "print_vendor",
   "province_auditor"
  ],
  "account.see": [
   "administrator",
   "association_manager",
   "company_owner"
  ],
  "account.make": [
   "administrator",
   "association_manager",
   "company_owner"
  ],
  "city.set": [
   "administrator"
  ],
  "client.make": [
   "administrator",
   "association_manager"
  ],
  "check.ask": [
   "platform"
  ],
  "exam.feed": [
   "feed"
  ],
  "insurance.feed": [
   "feed"
  ],
  "authorisation.give": [
   "bureau"
  ],
  "city.see": [
   "administrator",
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner",
   "province_auditor"
  ],
  "company.register": [
   "association_clerk",
   "association_manager"
  ],
  "company.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "company.list": [
   "association_clerk",
   "association_manager",
   "bureau"
  ],
  "company.amend": [
   "association_manager",
   "company_owner"
  ],
  "company.announce": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "company.decide": [
   "association_manager"
  ],
  "worker.register": [
   "company_clerk",
   "company_owner"
  ],
  "worker.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner",
   "police"
  ],
  "readiness.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "worker.reveal": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "view.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "worker.copy": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "worker.amend": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "worker.erase": [
   "association_manager"
  ],
  "evidence.add": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "file.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "identity.verify": [
   "association_clerk",
   "association_manager"
  ],
  "identity.correct": [
   "association_clerk",
   "association_manager"
  ],
  "background.conclude": [
   "police"
  ],
  "background.send": [
   "association_clerk",
   "association_manager"
  ],
  "background.file": [
   "police"
  ],
  "background.see": [
   "association_clerk",
   "association_manager",
   "police"
  ],
  "end.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "recheck.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner",
   "police"
  ],
  "phone-page.make": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "import.make": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "import.see": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner",
   "police"
  ],
  "application.open": [
   "company_clerk",
   "company_owner"
  ],
  "application.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner",
   "police",
   "print_vendor"
  ],
  "application.move": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner",
   "police",
   "print_vendor"
  ],
  "certificate.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner",
   "hotline",
   "print_vendor"
  ],
  "certificate.list": [
   "association_clerk",
   "association_manager",
   "bureau"
  ],
  "certificate.move": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "transfer.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "transfer.move": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "proposal.see": [
   "association_clerk",
   "association_manager",
   "bureau"
  ],
  "proposal.decide": [
   "association_manager",
   "bureau"
  ],
  "appeal.file": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "appeal.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "appeal.move": [
   "association_clerk",
   "association_manager",
   "bureau",
   "company_clerk",
   "company_owner"
  ],
  "notice.see": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "card_batch.order": [
   "association_clerk",
   "association_manager"
  ],
  "card_batch.made": [
   "association_clerk",
   "association_manager",
   "print_vendor"
  ],
  "card_batch.see": [
   "association_clerk",
   "association_manager",
   "print_vendor"
  ],
  "card.see": [
   "association_clerk",
   "association_manager",
   "print_vendor"
  ],
  "phone.see": [
   "association_clerk",
   "association_manager",
   "company_clerk",
   "company_owner"
  ],
  "bulk_stop.see": [
   "association_clerk",
   "association_manager",
   "bureau"
  ],
  "bulk_stop.decide": [
   "association_manager",
   "bureau"
  ],
  "report.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "province_auditor"
  ],
  "stats.see": [
   "association_clerk",
   "association_manager",
   "bureau",
   "province_auditor"
  ],
  "report.move": [
   "association_clerk",
   "association_manager",
   "province_auditor"
  ],
  "audit.see": [
   "association_manager",
   "bureau"
  ]
 },
 "makes": {
  "administrator": [
   "administrator",
   "province_auditor",
   "bureau",
   "association_manager",
   "association_clerk",
   "police",
   "hotline",
   "print_vendor",
   "feed",
   "platform"
  ],
  "association_manager": [
   "association_clerk",
   "hotline",
   "print_vendor",
   "company_owner",
   "feed",
   "platform"
  ],
  "company_owner": [
   "company_clerk"
  ]
 },
 "application": {
  "states": {
   "draft": "草稿",
   "company_review": "企业初审",
   "association_review": "协会审核",
   "background": "安全核查",
   "authorisation": "主管部门授权",
   "production": "制证",
   "handover": "发放",
   "done": "办结",
   "returned": "退回补正",
   "withdrawn": "已撤回",
   "refused": "不予办理"
  },
  "moves": {
   "submit": {
    "name": "提交",
    "by": {
     "draft": [
      "company_clerk",
      "company_owner"
     ],
     "returned": [
      "company_clerk",
      "company_owner"
     ]
    },
    "target": "company_review",
    "reasons": false
   },
   "forward": {
    "name": "初审通过",
    "by": {
     "company_review": [
      "company_owner"
     ]
    },
    "target": "association_review",
    "reasons": false
   },
   "accept": {
    "name": "审核通过",
    "by": {
     "association_review": [
      "association_clerk",
      "association_manager"
     ]
    },
    "target": "background",
    "reasons": false
   },
   "clear": {
    "name": "核查通过",
    "by": {
     "background": [
      "police"
     ]
    },
    "target": "authorisation",
    "reasons": false
   },
   "authorise": {
    "name": "授权制证",
    "by": {
     "authorisation": [
      "bureau"
     ]
    },
    "target": "production",
    "reasons": false
   },
   "produce": {
    "name": "制证完成",
    "by": {
     "production": [
      "association_clerk",
      "association_manager",
      "print_vendor"
     ]
    },
    "target": "handover",
    "reasons": false
   },
   "deliver": {
    "name": "卡片发至企业",
    "by": {
     "handover": [
      "association_clerk",
      "association_manager"
     ]
    },
    "target": null,
    "reasons": false
   },
   "receive": {
    "name": "企业签收",
    "by": {
     "handover": [
      "company_clerk",
      "company_owner"
     ]
    },
    "target": null,
    "reasons": false
   },
   "hand-over": {
    "name": "发放到人",
    "by": {
     "handover": [
      "association_clerk",
      "association_manager",
      "company_owner"
     ]
    },
    "target": "done",
    "reasons": false
   },
   "return": {
    "name": "退回补正",
    "by": {
     "company_review": [
      "company_owner"
     ],
     "association_review": [
      "association_clerk",
      "association_manager"
     ],
     "background": [
      "police"
     ],
     "authorisation": [
      "bureau"
     ]
    },
    "target": "returned",
    "reasons": true
   },
   "refuse": {
    "name": "不予办理",
    "by": {
     "association_review": [
      "association_manager"
     ],
     "background": [
      "police"
     ],
     "authorisation": [
      "bureau"
     ],
     "production": [
      "association_manager"
     ],
     "handover": [
      "association_manager"
     ]
    },
    "target": "refused",
    "reasons": true
   },
   "withdraw": {
    "name": "撤回",
    "by": {
     "draft": [
      "company_clerk",
      "company_owner"
     ],
     "returned": [
      "company_clerk",
      "company_owner"
     ],
     "company_review": [
      "company_clerk",
      "company_owner"
     ],
     "association_review": [
      "company_clerk",
      "company_owner"
     ],
     "background": [
      "company_clerk",
      "company_owner"
     ],
     "authorisation": [
      "company_clerk",
      "company_owner"
     ]
    },
    "target": "withdrawn",
    "reasons": false
   },
   "extend": {
    "name": "延长办理期限",
    "by": {
     "association_review": [
      "association_manager"
     ],
     "background": [
      "association_manager"
     ],
     "authorisation": [
      "association_manager",
      "bureau"
     ],
     "production": [
      "association_manager"
     ],
     "handover": [
      "association_manager"
     ]
    },
    "target": null,
    "reasons": true
   }
  },
  "return_reasons": {
   "photo-unclear": "照片不清晰或不合规",
   "identity-mismatch": "姓名与证件号码不一致",
   "exam-unclear": "体检合格证模糊、不全或无章",
   "exam-failed": "体检结论不合格",
   "exam-weak": "体检类别不符合服务类型要求",
   "insurance-no-third-party": "保险不含第三者责任",
   "insurance-unclear": "保单模糊或信息不全",
   "training-unproven": "培训证明不足",
   "consent-unsigned": "授权书未签字、未按指印或未写日期",
   "duplicate": "与其他申请重复",
   "background-failed": "安全核查未通过",
   "certificate-ended": "证书已注销、过期或挂失，不再制卡",
   "certificate-revoked": "原证书已被注销：请先核实注销原因，再重新提交",
   "source-unreliable": "所依据的机构或企业经查不可靠，材料不予采信",
   "other": "其他（请在备注中写明）"
  },
  "extension_reasons": {
   "verification": "材料需进一步核实",
   "background-late": "安全核查结论尚未反馈",
   "card-late": "制证设备或卡片原因",
   "other": "其他（请在备注中写明）"
  }
 },
 "certificate": {
  "states": {
   "issued": "已发证",
   "active": "已启用",
   "suspended": "已暂停",
   "lost": "已挂失",
   "replaced": "已换发",
   "revoked": "已注销",
   "expired": "已过期"
  },
  "moves": {
   "activate": "启用",
   "suspend": "暂停",
   "resume": "恢复",
   "lose": "挂失",
   "revoke": "注销",
   "review": "年审",
   "renew": "续期"
  }
 },
 "company": {
  "states": {
   "asked": "待确认",
   "active": "正常",
   "suspended": "已暂停",
   "refused": "未予开户",
   "closed": "已歇业"
  },
  "moves": {
   "confirm": {
    "name": "确认开户",
    "from": [
     "asked"
    ]
   },
   "refuse": {
    "name": "不予开户",
    "from": [
     "asked"
    ]
   },
   "suspend": {
    "name": "暂停",
    "from": [
     "active"
    ]
   },
   "resume": {
    "name": "恢复",
    "from": [
     "suspended"
    ]
   },
   "close": {
    "name": "登记歇业",
    "from": [
     "active",
     "suspended"
    ]
   }
  }
 },
 "proposal": {
  "moves": [
   "suspend",
   "revoke",
   "resume"
  ],
  "decisions": {
   "confirm": "确认",
   "refuse": "不同意",
   "withdraw": "撤回"
  }
 },
 "appeal": {
  "states": {
   "filed": "复核中",
   "upheld": "维持原决定",
   "overturned": "撤销原决定",
   "withdrawn": "已撤回"
  },
  "subjects": {
   "colour": "安心码颜色",
   "refusal": "不予办理",
   "revocation": "注销"
  },
  "moves": [
   "uphold",
   "overturn",
   "withdraw"
  ]
 },
 "report": {
  "states": {
   "new": "待处理",
   "settled": "属实，已处理",
   "dismissed": "不属实"
  },
  "kinds": {
   "not-the-person": "来人不是本人",
   "suspicious": "其他可疑情况"
  },
  "moves": {
   "settle": "属实，登记处理结果",
   "dismiss": "不属实，办结"
  }
 },
 "transfer": {
  "moves": {
   "agree": "同意",
   "object": "提出异议",
   "decline": "不同意",
   "withdraw": "撤回",
   "decide": "裁定转出",
   "reject": "裁定不转"
  }
 },
 "reveal": {
  "fields": {
   "resident_id": "证件号码",
   "phone": "联系电话",
   "address": "住址",
   "exam_reference": "体检合格证编号",
   "insurance_reference": "保险单编号"
  },
  "of_papers": {
   "exam_reference": "exams",
   "insurance_reference": "insurances"
  },
  "purposes": {
   "identity-check": "核对证件",
   "call-back": "联系本人",
   "complaint": "处理投诉举报",
   "correction": "更正登记信息",
   "emergency": "紧急救助"
  }
 },
 "bulk_stop": {
  "kinds": [
   "exam",
   "insurance",
   "training",
   "company"
  ],
  "states": [
   "previewed",
   "running",
   "refused",
   "withdrawn"
  ]
 },
 "bases": {
  "conditions": {
   "text": "不再符合申领条件",
   "moves": [
    "revoke",
    "suspend"
   ]
  },
  "false-papers": {
   "text": "材料虚假或冒用他人",
   "moves": [
    "revoke",
    "suspend"
   ]
  },
  "source": {
   "text": "体检、培训或保险的出具单位经查不可靠",
   "moves": [
    "revoke",
    "suspend"
   ]
  },
  "misconduct": {
   "text": "投诉、违规经查证属实",
   "moves": [
    "revoke",
    "suspend"
   ]
  },
  "enquiry": {
   "text": "投诉、举报调查期间",
   "moves": [
    "suspend"
   ]
  },
  "authority": {
   "text": "公安、主管部门或法院书面通知",
   "moves": [
    "revoke",
    "suspend"
   ]
  },
  "review": {
   "text": "年审不合格",
   "moves": [
    "revoke",
    "suspend"
   ]
  },
  "own-wish": {
   "text": "本人申请停用或注销",
   "moves": [
    "revoke",
    "suspend"
   ]
  },
  "death": {
   "text": "持证人死亡",
   "moves": [
    "revoke"
   ]
  },
  "cleared": {
   "text": "暂停的原因已消除",
   "moves": [
    "resume",
    "trust"
   ]
  },
  "mistake": {
   "text": "暂停有误，予以纠正",
   "moves": [
    "resume",
    "trust"
   ]
  }
 },
 "grounds": {
  "certificate-pending": [
   "yellow",
   "grey",
   "red"
  ],
  "certificate-suspended": [
   "red"
  ],
  "certificate-lost": [
   "red"
  ],
  "certificate-replaced": [
   "red"
  ],
  "certificate-revoked": [
   "red"
  ],
  "certificate-expired": [
   "red"
  ],
  "review-overdue": [
   "yellow",
   "grey",
   "red"
  ],
  "exam-missing": [
   "yellow",
   "grey",
   "red"
  ],
  "exam-lapsed": [
   "yellow",
   "grey",
   "red"
  ],
  "exam-weak": [
   "yellow",
   "grey",
   "red"
  ],
  "insurance-missing": [
   "yellow",
   "grey",
   "red"
  ],
  "insurance-lapsed": [
   "yellow",
   "grey",
   "red"
  ],
  "insurance-no-third-party": [
   "yellow",
   "grey",
   "red"
  ],
  "background-pending": [
   "yellow",
   "grey",
   "red"
  ],
  "background-failed": [
   "red"
  ],
  "recheck-overdue": [
   "yellow",
   "grey",
   "red"
  ],
  "identity-unverified": [
   "yellow",
   "grey",
   "red"
  ],
  "training-missing": [
   "yellow",
   "grey",
   "red"
  ],
  "company-suspended": [
   "yellow",
   "grey",
   "red"
  ],
  "both-lapsed": [
   "yellow",
   "grey",
   "red"
  ]
 }
} as const
