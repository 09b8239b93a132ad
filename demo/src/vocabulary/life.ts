/** Topics of sections A and C that serve life: farming, food, home, health, medicines. See `parse.ts` for the notation. */
export const LIFE = `
# agriculture | device | 农业机械=agricultural machinery | 28
mods: 轻便型=lightweight; 可调节=adjustable; 节水型=water-saving; 模块化=modular; 耐候=weatherproof
parts: 机架=frame; 驱动电机=drive motor; 升降机构=lifting mechanism; 湿度传感器=humidity sensor; 控制箱=control box; 防护罩=protective cover; 支撑腿=support leg; 输送管=delivery pipe; 调节螺杆=adjusting screw
effects: 降低了劳动强度=the labour required is reduced; 提高了作业效率=farm work is done faster; 减少了水肥浪费=less water and fertilizer is wasted; 适应不同规模的农场=farms of any size can use it
problems: 现有设备调节不便=known equipment is awkward to adjust; 人工作业费时费力=manual work takes much time and effort
A01B 3 | 33/02 49/06 63/02 69/00 | 旋耕机=rotary tiller; 微型耕整机=mini tiller; 耕地装置=soil-working device | 旋耕刀=rotary blade; 碎土辊=clod-breaking roller
A01C 4 | 7/04 7/20 5/06 15/00 23/04 | 精量播种机=precision seeder; 施肥装置=fertilizer applicator; 水肥一体化系统=combined watering and fertilizing system | 排种盘=seed-metering disc; 开沟器=furrow opener; 覆土轮=covering wheel
A01D 4 | 34/64 41/12 46/30 45/00 | 割草机=mower; 联合收割机=combine harvester; 果实采摘机=fruit picker | 割台=cutting platform; 拨禾轮=reel; 输送链=conveyor chain
A01G 8 | 9/02 9/14 9/24 25/16 31/02 | 温室=greenhouse; 无土栽培架=hydroponic rack; 自动灌溉装置=automatic irrigation device | 栽培槽=growing trough; 滴灌管=drip pipe; 补光灯=grow lamp; 营养液箱=nutrient tank
A01K 6 | 1/01 5/02 29/00 61/10 63/04 | 畜禽养殖舍=livestock house; 自动喂料机=automatic feeder; 循环水养殖池=recirculating fish tank | 料槽=feeding trough; 增氧管=aeration pipe; 粪污刮板=manure scraper

# food | composition | 食品加工=food processing | 28
mods: 低糖=low-sugar; 高纤维=high-fibre; 即食=ready-to-eat; 低盐=low-salt; 发酵型=fermented
parts: 膳食纤维=dietary fibre; 大豆分离蛋白=soy protein isolate; 低聚果糖=fructo-oligosaccharide; 酵母提取物=yeast extract; 海藻酸钠=sodium alginate; 柠檬酸=citric acid; 改性淀粉=modified starch; 茶多酚=tea polyphenols; 乳清蛋白=whey protein
effects: 口感细腻且风味稳定=the mouthfeel is smooth and the flavour stays stable; 延长了保质期=shelf life is extended; 保留了营养成分=nutrients are retained; 减少了添加剂用量=fewer additives are needed
problems: 现有产品在贮存中容易失水变硬=known products lose water and harden in storage; 高温处理破坏风味物质=high temperatures destroy flavour compounds
A23L 10 | 7/10 2/38 11/00 19/00 27/10 33/00 5/30 | 复合杂粮粥=mixed-grain porridge; 植物蛋白饮料=plant protein beverage; 速冻菜肴=quick-frozen dish | 燕麦粉=oat flour; 山药粉=yam powder; 香菇粉=shiitake powder
A23F 3 | 3/06 3/14 3/16 5/24 | 茶饮料=tea beverage; 速溶咖啡=instant coffee; 花香红茶=floral black tea | 茶叶提取物=tea extract; 茉莉花提取物=jasmine extract
A21D 2 | 2/36 13/06 8/04 13/80 | 冷冻面团=frozen dough; 无麸质面包=gluten-free bread; 粗粮饼干=coarse-grain biscuit | 谷朊粉=wheat gluten; 全麦粉=wholewheat flour
A23K 4 | 10/30 20/10 50/75 50/30 50/80 | 仔猪饲料=piglet feed; 肉鸡饲料=broiler feed; 水产饲料=aquatic feed | 豆粕=soybean meal; 复合益生菌=mixed probiotics; 鱼粉=fish meal
C12G 2 | 3/02 3/04 1/00 | 果酒=fruit wine; 低醇米酒=low-alcohol rice wine; 桑葚发酵酒=fermented mulberry wine | 酿酒酵母=wine yeast; 桑葚汁=mulberry juice

# home | device | 家居用品=household articles | 26
mods: 折叠式=folding; 静音=quiet; 便携式=portable; 可拆洗=washable; 壁挂式=wall-mounted
parts: 底座=base; 支撑杆=support rod; 转轴=rotating shaft; 卡扣=snap fastener; 弹性垫=elastic pad; 滑轨=slide rail; 锁止件=locking member; 壳体=housing; 调节旋钮=adjusting knob
effects: 收纳时占用空间小=little space is taken up when stored; 结构简单且装拆方便=the structure is simple and easy to take apart; 使用时更加安静=operation is quieter; 清洁方便=cleaning is easy
problems: 现有产品体积大且不便收纳=known products are bulky and hard to store; 部件之间容易松动=parts tend to work loose
A47B 6 | 9/20 21/02 46/00 88/00 96/02 | 升降桌=height-adjustable table; 组合柜=modular cabinet; 抽屉=drawer | 桌板=table top; 升降柱=lifting column
A47C 5 | 1/024 7/50 17/04 27/08 | 座椅=chair; 沙发床=sofa bed; 床垫=mattress | 靠背=backrest; 扶手=armrest; 气囊层=air-cell layer
A47J 8 | 27/00 31/44 36/24 37/06 43/07 | 电饭锅=electric rice cooker; 破壁料理机=high-speed blender; 空气炸锅=air fryer; 咖啡机=coffee machine | 内胆=inner pot; 加热盘=heating plate; 刀组=blade assembly; 排汽阀=steam valve
A47L 8 | 9/28 11/24 11/40 15/42 13/20 | 扫地机器人=robotic floor cleaner; 吸尘器=vacuum cleaner; 洗碗机=dishwasher | 滚刷=roller brush; 尘盒=dust box; 喷淋臂=spray arm; 边刷=side brush
A45D 3 | 20/12 29/00 34/04 44/00 | 吹风机=hair dryer; 化妆品容器=cosmetic container; 美甲灯=nail lamp | 出风口=air outlet; 按压泵=press pump
D06F 5 | 39/00 58/20 37/20 75/08 | 滚筒洗衣机=drum washing machine; 干衣机=clothes dryer; 挂烫机=garment steamer | 内筒=inner drum; 门封圈=door seal; 线屑过滤器=lint filter
A63B 4 | 21/00 22/02 24/00 69/00 | 跑步机=treadmill; 力量训练器=strength trainer; 平衡训练板=balance training board | 跑带=running belt; 阻力轮=resistance wheel
A63H 2 | 17/00 29/22 33/04 | 拼装玩具=construction toy; 遥控玩具车=remote-controlled toy car; 教学积木=teaching block | 连接榫=connecting tenon; 遥控接收板=remote receiver board
B65D 5 | 5/42 51/24 81/38 88/12 | 保温包装箱=insulated packing box; 防伪瓶盖=tamper-evident closure; 可折叠集装箱=collapsible container | 内衬=liner; 撕开条=tear strip

# medical-device | device | 医疗器械=medical devices | 40
mods: 微创=minimally invasive; 一次性=disposable; 可穿戴=wearable; 可降解=degradable; 多通道=multi-channel
parts: 手柄=handle; 壳体=housing; 压力传感器=pressure sensor; 信号处理板=signal processing board; 密封圈=sealing ring; 推送杆=push rod; 锁紧帽=locking cap; 连接管=connecting tube; 显示屏=display screen
effects: 减小了对组织的损伤=damage to tissue is reduced; 定位准确=positioning is accurate; 缩短了操作时间=the procedure takes less time; 提高了佩戴舒适度=wearing comfort is improved
problems: 现有器械在弯曲通道中推送困难=known instruments are hard to advance through curved channels; 长期佩戴容易造成压疮=long wearing easily causes pressure sores
A61B 20 | 5/00 5/0205 5/145 8/00 17/00 17/70 34/30 90/00 | 手术机器人=surgical robot; 血压监测装置=blood pressure monitor; 超声诊断仪=ultrasonic diagnostic apparatus; 骨科固定器=bone fixation device | 机械臂=robotic arm; 光电容积传感器=photoplethysmographic sensor; 超声探头=ultrasound probe; 椎弓根螺钉=pedicle screw
A61F 8 | 2/24 2/82 5/01 13/15 2/44 | 血管支架=vascular stent; 人工心脏瓣膜=prosthetic heart valve; 康复支具=rehabilitation brace | 支架网=stent mesh; 瓣叶=valve leaflet; 绑带=strap
A61M 9 | 5/142 16/00 25/01 25/10 1/36 | 输液泵=infusion pump; 呼吸机=ventilator; 介入导管=interventional catheter | 蠕动轮=peristaltic wheel; 呼气阀=expiratory valve; 导丝=guide wire
A61N 3 | 1/36 5/06 7/02 1/05 | 神经刺激器=nerve stimulator; 光疗仪=phototherapy apparatus; 超声治疗头=ultrasonic treatment head | 刺激电极=stimulation electrode; 脉冲发生器=pulse generator
A61H 4 | 1/02 3/00 7/00 39/04 | 外骨骼助行器=exoskeleton walking aid; 按摩椅=massage chair; 手指康复训练器=finger rehabilitation trainer | 大腿连杆=thigh link; 按摩头=massage head
A61L 3 | 2/10 2/20 2/14 2/24 | 紫外消毒柜=ultraviolet disinfection cabinet; 内镜消毒装置=endoscope disinfection device; 等离子灭菌器=plasma sterilizer | 紫外灯管=ultraviolet lamp tube; 消毒舱=disinfection chamber
A61G 2 | 5/10 7/05 13/10 | 电动轮椅=electric wheelchair; 护理床=nursing bed; 手术台=operating table | 翻身架=turning frame; 脚踏板=footrest

# medicine | composition | 医药=pharmaceuticals | 34
mods: 缓释=sustained-release; 靶向=targeted; 口服=oral; 稳定型=stable; 高纯度=high-purity
parts: 羟丙甲纤维素=hypromellose; 聚乙二醇=polyethylene glycol; 甘露醇=mannitol; 磷脂=phospholipid; 胆固醇=cholesterol; 透明质酸=hyaluronic acid; 海藻糖=trehalose; 微晶纤维素=microcrystalline cellulose; 硬脂酸镁=magnesium stearate
effects: 提高了生物利用度=bioavailability is improved; 血药浓度平稳=blood levels stay even; 降低了毒副作用=side effects are reduced; 贮存稳定性好=storage stability is good
problems: 现有制剂的活性成分溶解度低=the active ingredient of known preparations is poorly soluble; 产品在贮存中容易降解=the product easily degrades in storage
A61K 16 | 9/00 9/16 9/20 31/00 36/00 39/00 47/10 8/02 | 缓释片=sustained-release tablet; 脂质体制剂=liposome preparation; 中药颗粒=herbal granule; 外用凝胶=topical gel | 黄芪提取物=astragalus extract; 丹参提取物=salvia extract; 卡波姆=carbomer
C07K 6 | 14/47 16/28 7/06 16/18 | 单克隆抗体=monoclonal antibody; 抗菌肽=antimicrobial peptide; 重组融合蛋白=recombinant fusion protein | 重链可变区=heavy-chain variable region; 轻链可变区=light-chain variable region; 连接肽=linker peptide
C12N 7 | 1/20 9/00 15/11 15/63 5/10 15/82 | 重组菌株=recombinant strain; 耐热酶=thermostable enzyme; 基因编辑载体=gene-editing vector | 启动子序列=promoter sequence; 向导核酸=guide nucleic acid; 大肠杆菌宿主=Escherichia coli host
C12Q 4 | 1/68 1/6886 1/04 1/70 | 核酸检测试剂盒=nucleic acid test kit; 病毒快速检测体系=rapid virus detection system; 甲基化检测引物组=methylation detection primer set | 特异性引物=specific primer; 荧光探针=fluorescent probe; 扩增酶=amplification enzyme
A01N 3 | 43/40 25/04 63/20 43/80 | 杀菌组合物=fungicidal composition; 微胶囊除草剂=microencapsulated herbicide; 生物农药=biological pesticide | 芽孢杆菌=bacillus; 木质素磺酸钠=sodium lignosulfonate
`;
